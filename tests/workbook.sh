#!/bin/sh
# placements.xlsx, opened by LibreOffice.
#   workbook.sh PROGRAM
set -u
pulang=$1
tests=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset LANG LANGUAGE LC_ALL LC_MESSAGES
failed=0

fail() {
    echo "$*"
    failed=1
}
# office FORMAT OUT [OPTION...]: the workbook of the output folder OUT in another format.
office() {
    format=$1
    out=$2
    shift 2
    timeout -s KILL 150 soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$format" \
        --outdir "$out.office" "$out/placements.xlsx" >"$folder/office" 2>&1 || {
        cat "$folder/office"
        fail "LibreOffice does not open the workbook of $(basename "$out")"
    }
}
# sheets OUT SHEET...: all sheets as CSV (UTF-8; values, not what is shown), compared with the folder.
sheets() {
    out=$1
    shift
    office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' "$out"
    /usr/bin/python3 "$tests/workbook.py" "$out" "$out.office" "$@" || failed=1
}
# solve DIR OUT
solve() {
    "$pulang" solve "$1" -o "$2" --quiet || fail "solve $1: exit code $?"
}
english() {
    sheets "$1" placements unplaced posts quotas 'decree annex' summary
}

datasets=$tests/../datasets
solve "$datasets/tiny" "$folder/tiny"
english "$folder/tiny"
solve "$datasets/kotim" "$folder/kotim"
english "$folder/kotim"

# pages OUT: how many pages of paper the annex is; each has the heading and its number.
pages() {
    office pdf "$1"
    pdftotext -layout "$1.office/placements.pdf" "$folder/paper"
    pages=$(grep -c 'decree annex *Page [0-9]* of [0-9]*$' "$folder/paper")
    headings=$(grep -c 'No\. *Name *Staff number (NIP)' "$folder/paper")
    [ "$headings" = "$pages" ] || fail "$1: the heading is on $headings of $pages pages of the annex"
}

# Every office begins a page of the annex.
pages "$folder/tiny"
[ "$pages" = 8 ] || fail "the annex of tiny has $pages pages, not one for each of the 8 offices"

# Pages end where they were meant to, and the signature is with somebody's line.
solve "$datasets/kapuas" "$folder/kapuas"
pages "$folder/kapuas"
begun=$(/usr/bin/python3 -c 'import sys, zipfile
print(1 + zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet6.xml").count(b"<brk "))' "$folder/kapuas/placements.xlsx")
[ "$pages" = "$begun" ] || fail "the annex of kapuas has $pages pages, not the $begun that were begun"
tr '\f' '\n' <"$folder/paper" | grep -v '^ *$' | tail -8 | grep -q '^ *316 ' ||
    fail "the signature is not on the page of the last of 316 people"

# More offices than pages can be begun in one sheet: the annex goes on in another.
mkdir "$folder/offices"
echo 'place,name,lat,lon
a,A,-2,112' >"$folder/offices/places.csv"
seq 1010 | sed -e 's/.*/p&,Name &,s&:1/' -e '1i person,name,skills' >"$folder/offices/persons.csv"
seq 1010 | sed -e 's/.*/j&,a,Office &,1,1,s&:1/' -e '1i post,place,unit,target,max,requires' >"$folder/offices/posts.csv"
solve "$folder/offices" "$folder/many"
english "$folder/many"
rows=$(grep -c '^[0-9]' "$folder/many.office/placements-decree annex (2).csv")
[ "$rows" = 9 ] || fail "the second sheet of the annex has $rows people, not 9"

# Names that try to be something else than a name.
cp -r "$datasets/tiny" "$folder/hostile"
long=$(head -c 40000 /dev/zero | tr '\0' x)
sed -i -e "s/Ani Rampai/=cmd|' \/C calc'!A0/" -e 's/Budi Tarung/+62 811/' -e 's/Citra Noor/@SUM(A1)/' \
    -e 's/Dedi Simpei/a_x0041_b/' -e 's/Erna Usop/<\/t><c>\&amp;/' -e "s/Fitri Lambung/$long/" \
    -e 's/Hana Tingang/{=1+1}/' -e 's/^ida,/198601012010011001,/' -e 's/^joni,/-5,/' "$folder/hostile/persons.csv"
solve "$folder/hostile" "$folder/named"
english "$folder/named"

# In Indonesian.
LANG=id_ID.UTF-8 solve "$datasets/tiny" "$folder/id"
sed -i 's/,yes,/,ya,/; s/,no,/,tidak,/' "$folder/id/placements.csv"
sed -i 's/,hard,/,wajib,/' "$folder/id/quotas.csv"
sheets "$folder/id" penempatan 'belum ditempatkan' jabatan kuota 'lampiran keputusan' ringkasan
grep -q '^No\.,Nama,Nomor pegawai (NIP),Jabatan sekarang,Jabatan baru,Tempat,Keterangan' \
    "$folder/id.office/placements-lampiran keputusan.csv" || fail "the annex is not in Indonesian"

# The same bytes at another time in another zone.
TZ=Asia/Makassar solve "$datasets/tiny" "$folder/again"
cmp "$folder/tiny/placements.xlsx" "$folder/again/placements.xlsx" || fail "the same plan makes another workbook"

# Temporary files that are cut short, which the library does not see: nothing is written. The sheets of kotim
# are larger than 4 MB before they are packed, all other files are smaller.
(trap '' XFSZ; ulimit -f 8000; "$pulang" solve "$datasets/kotim" -o "$folder/cut" --quiet) 2>"$folder/said" &&
    fail "a workbook that was cut short is no error"
grep -q 'workbook could not be written' "$folder/said" || fail "the error is: $(cat "$folder/said")"
[ -z "$(ls "$folder/cut")" ] || fail "half the files are there: $(ls "$folder/cut")"
exit $failed
