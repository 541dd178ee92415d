#!/bin/sh
# Runs one command case: run.sh CASE_FOLDER PROGRAM
#   cmd       shell commands; they begin in an empty folder, and find $PULANG (the program), $CASE (this
#             case's folder) and $ROOT (the project)
#   expected  what they print on stdout and stderr together; `...` stands for anything (match.awk)
#   code      the exit code, 0 where the file is missing
set -u
CASE=$(cd "$1" && pwd)
PULANG=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
tests=$(cd "$(dirname "$0")/.." && pwd)
ROOT=$(dirname "$tests")
export CASE PULANG ROOT
unset LANG LANGUAGE LC_ALL LC_MESSAGES
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/work"
cd "$folder/work" || exit 1

sh "$CASE/cmd" >"$folder/actual" 2>&1
code=$?
expected_code=$(cat "$CASE/code" 2>/dev/null || echo 0)
failed=0
if [ "$code" != "$expected_code" ]; then
    echo "exit code $code, expected $expected_code"
    failed=1
fi
if ! awk -f "$tests/match.awk" "$CASE/expected" "$folder/actual"; then
    echo "output (-) is not what was expected (+):"
    diff -U 100 "$folder/actual" "$CASE/expected" | sed 1,2d
    failed=1
fi
exit $failed
