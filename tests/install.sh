#!/bin/sh
# What is installed suffices: the program finds its catalogue there, has the page of the report in itself, and
# docs/example.c and docs/session.c are built and linked with the installed header and library alone.  install.sh CMAKE BUILD_FOLDER
set -eu
cmake=$1
build=$2
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$cmake" --install "$build" --prefix "$folder/prefix" >/dev/null
PKG_CONFIG_PATH=$(dirname "$(find "$folder/prefix" -name pulang.pc)")
export PKG_CONFIG_PATH

for program in example session; do
    # shellcheck disable=SC2046 # the flags are words
    cc -std=c11 -Wall -Wextra -Werror "$root/docs/$program.c" $(pkg-config --cflags --libs pulang) \
        -o "$folder/$program"
done
placed=$("$folder/example" "$root/datasets/tiny" | grep -c ' -> ')
persons=$(($(wc -l <"$root/datasets/tiny/persons.csv") - 1))
if [ "$placed" != "$persons" ]; then
    echo "the example printed $placed lines for $persons persons"
    exit 1
fi
if [ "$("$folder/session" "$root/datasets/tiny" | grep -c ': not .* but .* preference [0-9]')" != 3 ]; then
    echo "the session did not move three persons"
    exit 1
fi
if ! env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG=id_ID.UTF-8 "$folder/prefix/bin/pulang" --help |
    grep -q 'Perintah:'; then
    echo "the installed program does not speak Indonesian"
    exit 1
fi
cp -r "$root/datasets/tiny" "$folder/problem"
cd "$folder"
if ! env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG=id_ID.UTF-8 "$folder/prefix/bin/pulang" solve problem -o out --quiet ||
    ! grep -q '"language":"id"' out/report.html || ! grep -q 'Leaflet' out/report.html || ! grep -q 'Chart.js' out/report.html; then
    echo "the installed program makes no whole report"
    exit 1
fi
