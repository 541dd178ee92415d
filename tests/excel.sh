#!/bin/sh
# Excel in: the same tables as CSV and as workbooks, made by openpyxl and by LibreOffice, give the same plan and
# the same files; a workbook that unpacks to very much is refused.  excel.sh PROGRAM PYTHON
set -eu
pulang=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
python=$2
tests=$(cd "$(dirname "$0")" && pwd)
datasets=$(dirname "$tests")/datasets
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
unset LANG LANGUAGE LC_ALL LC_MESSAGES

# same NAME: solves NAME-excel and compares what comes out with NAME's, but for the names and hashes of the inputs.
same() {
    "$pulang" solve "$1-excel" -o "$1-excel-result" --quiet --no-diagnosis
    "$pulang" verify "$1-excel" "$1-excel-result" >/dev/null
    for file in "$1-result"/*.csv; do
        cmp "$file" "$1-excel-result/$(basename "$file")"
    done
    mv "$1-excel-result/summary.json" .
    rm -r "$1-excel" "$1-excel-result"
}

for name in tiny belu kapuas; do
    "$pulang" solve "$datasets/$name" -o "$name-result" --quiet --no-diagnosis
    "$python" "$tests/excel.py" "$datasets/$name" "$name-excel"
    same "$name"
    "$python" "$tests/excel.py" "$datasets/$name" "$name-excel" --one
    sha256=$(sha256sum "$name-excel/problem.xlsx" | cut -d' ' -f1)
    same "$name"
    grep -q "\"problem.xlsx\": \"$sha256\"" summary.json
done

# LibreOffice turns what looks like a number into one, as Excel does when it opens a CSV file.
mkdir tiny-excel
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to xlsx --outdir tiny-excel \
    "$datasets"/tiny/*.csv >/dev/null 2>&1
[ "$(find tiny-excel -name '*.xlsx' | wc -l)" = "$(find "$datasets/tiny" -name '*.csv' | wc -l)" ]
cp "$datasets/tiny/scenario.yaml" tiny-excel
same tiny

mkdir bomb
cp "$datasets"/tiny/p*s.csv bomb
rm bomb/persons.csv
"$python" - <<'TEXT'
import zipfile

with zipfile.ZipFile("bomb/persons.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
    relation = '<Relationships><Relationship Id="r" Type="x/%s" Target="%s"/></Relationships>'
    book.writestr("_rels/.rels", relation % ("officeDocument", "xl/workbook.xml"))
    book.writestr("xl/_rels/workbook.xml.rels", relation % ("worksheet", "sheet.xml"))
    book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="persons" r:id="r"/></sheets></workbook>')
    with book.open("xl/sheet.xml", "w") as sheet:
        sheet.write(b"<worksheet><sheetData><row/>")
        for _ in range(300):
            sheet.write(b" " * 1048576)
TEXT
if "$pulang" check bomb 2>bomb/findings; then
    echo "a workbook of 300 MiB unpacked was read"
    exit 1
fi
grep -qF 'persons.xlsx [persons]: fault: the workbook is too large when unpacked' bomb/findings
