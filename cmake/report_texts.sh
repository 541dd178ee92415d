#!/bin/sh
# The texts that scripts mark with t("..."), as a C array: report_texts.sh XGETTEXT OUTPUT SCRIPT...
# Strings of a catalogue are written as in C.
set -eu
xgettext=$1
output=$2
shift 2
{
    echo '/* Made by cmake/report_texts.sh. */'
    echo '#include "io/write_report_page.h"'
    echo
    echo 'const char *const pulang_report_texts[] = {'
    "$xgettext" --language=JavaScript --keyword=t --from-code=UTF-8 --no-location --omit-header --no-wrap \
        --sort-output --force-po --output=- "$@" |
        awk '/^msgid "/ { sub(/^msgid /, ""); inside = 1; printf "    " }
             /^msgstr/ { if (inside) print ","; inside = 0 }
             inside { printf "%s", $0 }'
    echo '    0};'
} >"$output.new"
mv "$output.new" "$output"
