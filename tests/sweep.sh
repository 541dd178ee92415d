#!/bin/sh
# A sweep that is killed at random moments and started again ends up with the same bytes as one that was not,
# whatever the number of jobs: sweep.sh PROGRAM
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
cp -r "$root/datasets/kutim" problem

# run FOLDER JOBS: in this process, so that it is the sweep itself that is killed.
run() {
    exec "$program" sweep problem --vary weights.hometown=0:10:1 --output "$1" --jobs "$2" --quiet
}

# same FOLDER: all files are those of the unbroken sweep; the clock's figures are apart.
same() {
    diff -r --exclude timings.csv whole "$1" || { echo "$1 is not the same"; exit 1; }
}

(run whole 1) || exit 1
begin=$(date +%s.%N)
(run two 2) || exit 1
whole_time=$(echo "$begin $(date +%s.%N)" | awk '{ print $2 - $1 }')
same two

unfinished=0
kept=0
for attempt in 1 2 3 4 5 6; do
    run broken 2 &
    pid=$!
    sleep "$(awk -v seed="$$$attempt" -v whole="$whole_time" 'BEGIN { srand(seed); print rand() * 0.6 * whole }')"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    pid=
    [ -z "$(find broken/runs -name run.json 2>/dev/null)" ] || kept=$((kept + 1))
    [ -e broken/frontier.json ] || unfinished=$((unfinished + 1))
done
[ "$unfinished" -gt 0 ] || { echo "no attempt was killed before its end"; exit 1; }
(run broken 2) || exit 1
same broken

# A run that lost a file, and one that never came to its end, are made anew.
rm "broken/runs/weights.hometown=3/envy.csv" "broken/runs/weights.hometown=4/run.json"
echo half >"broken/runs/weights.hometown=4/.posts.csv.1-0.tmp"
(run broken 2) || exit 1
same broken

# So are the results, where only these were being written.
rm broken/frontier.json
echo half >broken/.frontier.json.1-0.tmp
(run broken 2) || exit 1
same broken

# A changed input is noticed: nothing of before is kept.
echo '# changed' >>problem/scenario.yaml
"$program" sweep problem --vary weights.hometown=0:10:1 --output broken >table 2>words || exit 1
grep -q 'out of date: 11; what has changed since: scenario.yaml' words || { cat words; exit 1; }
! diff -q whole/runs/weights.hometown=3/run.json broken/runs/weights.hometown=3/run.json >/dev/null || exit 1
echo "killed before its end: $unfinished times, with runs finished: $kept times"
