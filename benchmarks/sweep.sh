#!/bin/sh
# Wall time of an 11-point sweep on kotim with 1 and 2 jobs, beside a shell loop of `pulang solve`:
# sweep.sh [PROGRAM [RUNS]]
# Prints a table in Markdown: medians of RUNS (3) rounds; each round runs everybody in turn.
set -eu
cd "$(dirname "$0")/.."
program=${1:-build/release/pulang}
runs=${2:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
keep= # set: the runs that are there are not removed

loop() {
    for weight in 0 1 2 3 4 5 6 7 8 9 10; do
        "$program" solve datasets/kotim --set "weights.hometown=$weight" --output "$folder/out/$weight" --quiet \
            --no-report
    done
}

sweep() {
    "$program" sweep datasets/kotim --vary weights.hometown=0:10:1 --output "$folder/out" --quiet --jobs "$1"
}

# measure NAME COMMAND...: seconds, into a file of that name.
measure() {
    name=$1
    shift
    [ "$keep" ] || rm -rf "$folder/out"
    begin=$(date +%s.%N)
    "$@"
    end=$(date +%s.%N)
    echo "$begin $end" | awk '{ printf "%.3f\n", $2 - $1 }' >>"$folder/$name"
}

for _ in $(seq "$runs"); do
    measure loop loop
    measure one sweep 1
    measure two sweep 2
done
keep=yes
for _ in $(seq "$runs"); do
    measure again sweep 2
done

median() {
    sort -n "$folder/$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

printf 'Commit %s, %s, %s processors, %s, load %s.\n\n' "$(git describe --always --dirty 2>/dev/null || echo unknown)" \
    "$(date -u +%Y-%m-%d)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
    "$(cut -d' ' -f1 /proc/loadavg)"
echo '| 11 points of kotim | s | speed-up |'
echo '|---|---:|---:|'
awk -v loop="$(median loop)" -v one="$(median one)" -v two="$(median two)" -v again="$(median again)" 'BEGIN {
    printf "| shell loop of `pulang solve --set` | %.2f | 1 |\n", loop
    printf "| `pulang sweep --jobs 1` | %.2f | %.2f |\n", one, loop / one
    printf "| `pulang sweep --jobs 2` | %.2f | %.2f |\n", two, loop / two
    printf "| the same, all runs kept | %.2f | |\n", again
}'
