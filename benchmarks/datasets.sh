#!/bin/sh
# Wall time and peak memory of `pulang solve` on every dataset: datasets.sh [PROGRAM [RUNS]]
# Prints a table in Markdown; the best of RUNS (1) runs is shown.
set -eu
cd "$(dirname "$0")/.."
program=${1:-build/release/pulang}
runs=${2:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# field NAME: a value of the summary, the first of that name.
field() {
    sed -n "s/^ *\"$1\": \"*\([^\",]*\)\"*,*\$/\1/p" "$folder/out/summary.json" | head -n 1
}

printf 'Commit %s, %s, %s processors, %s.\n\n' "$(git describe --always --dirty 2>/dev/null || echo unknown)" \
    "$(date -u +%Y-%m-%d)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
echo '| dataset | persons | status | method | wall (s) | peak (MiB) |'
echo '|---|---:|---|---|---:|---:|'
for dataset in datasets/*/; do
    name=$(basename "$dataset")
    best=
    for _ in $(seq "$runs"); do
        rm -rf "$folder/out"
        /usr/bin/time -f '%e %M' -o "$folder/time" "$program" solve "$dataset" -o "$folder/out" --quiet || true
        now=$(tail -n 1 "$folder/time")
        best=$(printf '%s\n%s\n' "$best" "$now" | grep . | sort -n | head -n 1)
    done
    echo "$best" | awk -v name="$name" -v persons="$(($(wc -l <"${dataset}persons.csv") - 1))" \
        -v status="$(field status)" -v method="$(field method)" \
        '{ printf "| %s | %d | %s | %s | %.2f | %.0f |\n", name, persons, status, method, $1, $2 / 1024 }'
done
