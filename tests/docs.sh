#!/bin/sh
# Runs the examples of the documents: docs.sh PROGRAM FILE...
# In a block fenced by ```console a line that begins with "$ " is a command, run from the project's root
# with the program as `pulang`; the lines after it are its output on stdout and stderr, in which `...`
# stands for anything (match.awk). Output folders named out or out/... are made in a temporary folder.
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
tests=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$tests")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/project"
ln -s "$program" "$folder/bin/pulang"
ln -s "$root/datasets" "$root/docs" "$folder/project/"
PATH=$folder/bin:$PATH
unset LANG LANGUAGE LC_ALL LC_MESSAGES

# One folder for each document, one numbered pair of files (command, expected) for each example.
split() {
    mkdir "$2"
    awk -v folder="$2" '
        /^ *```console/ { inside = 1; next }
        /^ *```/ { inside = 0; name = ""; next }
        inside && /^ *\$ / {
            name = sprintf("%s/%03d", folder, ++n)
            sub(/^ *\$ /, ""); print > (name ".cmd"); printf "" > (name ".expected"); next
        }
        inside && name { print > (name ".expected") }' "$1"
}

failed=0
examples=0
for document; do
    name=$(basename "$document")
    split "$root/$document" "$folder/$name"
    for command in "$folder/$name"/*.cmd; do
        [ -e "$command" ] || continue
        examples=$((examples + 1))
        (cd "$folder/project" && sh "$command") >"$folder/actual" 2>&1
        if ! awk -f "$tests/match.awk" "${command%.cmd}.expected" "$folder/actual"; then
            echo "$document: $(cat "$command")"
            echo "output (-) is not what the document says (+):"
            diff -U 100 "$folder/actual" "${command%.cmd}.expected" | sed 1,2d
            failed=1
        fi
    done
done
echo "$examples examples"
exit $failed
