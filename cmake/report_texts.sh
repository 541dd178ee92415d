#!/bin/sh
# The texts of the report's page as a C array, marked for the translators: report_texts.sh FOLDER OUTPUT
# They are what the scripts of the folder hand to t("...") and what stands alone in an element marked data-t.
set -eu
folder=$1
output=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -n 's/.*data-t>\([^<]*\)<.*/t("\1");/p' "$folder/report.html" >"$work/report.js"
{
    echo '/* Made by cmake/report_texts.sh. */'
    echo '#include "io/write_report_page.h"'
    echo '#include "model/error.h"'
    echo
    echo 'const char *const pulang_report_texts[] = {'
    # A string of a catalogue is written as in C; one that is continued is continued likewise.
    xgettext --language=JavaScript --keyword=t --from-code=UTF-8 --no-location --omit-header --no-wrap \
        --sort-output --force-po --output=- "$work/report.js" "$folder"/*.js |
        awk '/^msgid / { sub(/^msgid /, ""); inside = 1; printf "    N_(" }
             /^msgstr / { if (inside) print "),"; inside = 0 }
             inside { printf "%s", $0 }'
    echo '    0};'
} >"$work/texts.c"
mv "$work/texts.c" "$output"
