#!/bin/sh
# The committed datasets are what `pulang generate` makes (byte for byte), and have the sizes they claim.
#   datasets.sh PROGRAM
set -u
pulang=$1
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# expect WHAT ACTUAL WANTED: a number is as wanted; AT_LEAST: or above.
expect() {
    [ "$2" -eq "$3" ] || { echo "$1: $2, expected $3"; failed=1; }
}
at_least() {
    [ "$2" -ge "$3" ] || { echo "$1: $2, expected at least $3"; failed=1; }
}
# rows FILE: how many, the heading left out.
rows() {
    tail -n +2 "$root/datasets/$1" | wc -l
}
# matching FILE COLUMN TEXT: how many rows have the text in a column (files with quoted commas are not read so).
matching() {
    awk -F, -v column="$2" -v text="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) c = i; next }
        $c == text { n++ }
        END { print n + 0 }' "$root/datasets/$1"
}
# distinct FILE COLUMN: how many different texts.
distinct() {
    awk -F, -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) c = i; next }
        !seen[$c]++ { n++ }
        END { print n + 0 }' "$root/datasets/$1"
}

for kind in kotim belu kapuas purworejo kutim; do
    "$pulang" generate "$kind" --places "$root/datasets/$kind/places.csv" --seed 1 -o "$folder/$kind" || failed=1
    cp "$root/datasets/$kind/README.md" "$folder/$kind/"
    diff -r "$root/datasets/$kind" "$folder/$kind" >"$folder/diff" || {
        echo "$kind: generate makes something else than what is committed:"
        head -5 "$folder/diff"
        failed=1
    }
    expect "$kind: persons with a number of their own" "$(distinct $kind/persons.csv person)" "$(rows $kind/persons.csv)"
done

"$pulang" generate kotim --places "$root/datasets/kotim/places.csv" --seed 2 -o "$folder/other" || failed=1
if cmp -s "$folder/other/persons.csv" "$folder/kotim/persons.csv"; then
    echo "another seed makes the same persons"
    failed=1
fi

# The problem with rules that cut across, of full size.
crossing=$folder/crossing
"$pulang" generate kotim --crossing --places "$root/datasets/kotim/places.csv" --seed 1 -o "$crossing" || failed=1
expect "crossing: warnings" "$("$pulang" check "$crossing" 2>&1 | grep -c warning)" 0
expect "crossing: persons" "$(tail -n +2 "$crossing/persons.csv" | wc -l)" 6000
expect "crossing: posts" "$(tail -n +2 "$crossing/posts.csv" | wc -l)" 900
expect "crossing: couples" "$(grep -c ',couple [0-9]*$' "$crossing/persons.csv")" 120
expect "crossing: budgets" "$(grep -c '^Budget ' "$crossing/quotas.csv")" 40
expect "crossing: minimums of nurses" "$(grep -c '^Nurses in ' "$crossing/quotas.csv")" 17
expect "crossing: minimums of teachers" "$(grep -c '^Teachers in ' "$crossing/quotas.csv")" 17
expect "crossing: most moves" "$(sed -n 's/^limits: {moves: \([0-9]*\)}$/\1/p' "$crossing/scenario.yaml")" 800

# Villages as the ministry counts them: desa, kelurahan, districts.
while read -r kind desa kelurahan districts; do
    expect "$kind: desa" "$(matching $kind/places.csv type desa)" "$desa"
    expect "$kind: kelurahan" "$(matching $kind/places.csv type kelurahan)" "$kelurahan"
    expect "$kind: districts" "$(distinct $kind/places.csv district)" "$districts"
done <<END
kotim 168 17 17
belu 69 12 12
kapuas 214 17 17
purworejo 469 25 16
kutim 139 2 18
END
grep -q '^62.02.10.2017,Tumbang Gagu,desa,Antang Kalang,Kotawaringin Timur,-1.257,112.407,' \
    "$root/datasets/kotim/places.csv" || { echo "Tumbang Gagu is not where it is"; failed=1; }

at_least "kotim: staff" "$(rows kotim/persons.csv)" 6000
at_least "kotim: posts" "$(rows kotim/posts.csv)" 900
at_least "kotim: occupations" "$(distinct kotim/posts.csv role)" 8
at_least "kotim: natives of Tumbang Gagu" "$(matching kotim/persons.csv origin 62.02.10.2017)" 8
expect "belu: companions' posts" "$(matching belu/posts.csv role companion)" 69
expect "kapuas: workers" "$(rows kapuas/persons.csv)" 423
expect "kapuas: categories" "$(distinct kapuas/persons.csv category)" 4
expect "kapuas: schemes" "$(distinct kapuas/posts.csv scheme)" 3
expect "kapuas: providers" "$(distinct kapuas/posts.csv provider)" 2
expect "purworejo: villages" "$(rows purworejo/places.csv)" 494
expect "kutim: villages" "$(rows kutim/places.csv)" 141
expect "kutim: cooperatives" "$(matching kutim/posts.csv kind cooperative)" 282
exit $failed
