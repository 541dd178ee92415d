#!/bin/sh
# The whole country: generated, solved, checked against all pairs; two JSON rows, of as many persons as seats and of
# fewer, with lower bounds that bind. country.sh [PROGRAM [OPTIONS OF generate national]]
# Real villages: country.sh build/release/pulang --villages villages.csv --regencies regencies.csv
set -eu
cd "$(dirname "$0")/.."
program=${1:-build/release/pulang}
[ $# -gt 0 ] && shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" generate national "$@" -o "$folder/country.sphere"
"$program" generate national "$@" --persons 1000000 -o "$folder/fewer.sphere"
"$program" bench --threads "$(nproc)" "$folder/country.sphere" "$folder/fewer.sphere"
