#!/bin/sh
# The rules of the house that a compiler does not check:
#   - includes go one way: include <- model <- {solver, io} <- cli, written from the root;
#   - each third-party header is included by one file only;
#   - no function is longer than 120 lines, no file longer than 500 (tests and generators: 700).
set -u
cd "$(dirname "$0")/.."
faults=0

fault() {
    echo "$*"
    faults=$((faults + 1))
}

# allowed LAYER FOLDER...: files of the layer include from these folders only.
allowed() {
    layer=$1
    shift
    pattern=$(printf '%s/|' "$@")
    found=$(grep -rnE '^#include "' "$layer" --include='*.[ch]' | grep -vE "#include \"(pulang\.h|${pattern%|})")
    [ -z "$found" ] || fault "$layer includes what is above or beside it:
$found"
}
allowed include include
allowed model model
allowed solver model solver
allowed io model io
allowed cli model solver io cli

# only HEADER FILE: nobody else includes the header.
only() {
    found=$(grep -rlE "^#include <$1>" cli include io model solver tests --include='*.[ch]' | grep -vx "$2")
    [ -z "$found" ] || fault "<$1> belongs to $2 alone, but is included by: $found"
}
only 'glpk\.h' 'solver/glpk[a-z_]*\.c'
only 'csv\.h' io/csv.c
only 'yaml\.h' io/yaml.c
only 'igraph.*' model/distance.c
only 'jansson\.h' io/json.c
only 'nettle/.*' io/hash.c
only 'zip\.h' io/archive.c
only 'expat\.h' io/xml.c
only 'xlsxwriter.*' io/workbook.c
only 'zlib\.h' io/zip.c

for file in $(find cli include io model solver tests -name '*.[ch]' -o -name '*.js'); do
    case $file in
    tests/* | cli/generate/*) most=700 ;;
    *) most=500 ;;
    esac
    lines=$(wc -l <"$file")
    [ "$lines" -le "$most" ] || fault "$file has $lines lines, more than $most"
    # A function begins with a line in column 1 that ends in "{" after ")", and ends with "}".
    long=$(awk '/^[A-Za-z].*\) \{$/ || (/\) \{$/ && open_paren) { name = $0; begin = NR }
                /^}/ { if (begin && NR - begin + 1 > 120) print FILENAME ":" begin ": " NR - begin + 1 " lines"; begin = 0 }
                { open_paren = /^[A-Za-z].*[(,]/ && !/[;{}]$/ || (open_paren && !/[;{}]$/) }' "$file")
    [ -z "$long" ] || fault "a function is longer than 120 lines: $long"
done

if [ "$faults" -gt 0 ]; then
    echo "$faults rules broken"
    exit 1
fi
