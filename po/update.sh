#!/bin/sh
# Collects the marked texts of the sources and of the report's page and brings po/id.po up to date with
# them; what is new is left untranslated. With a folder as argument only collects, into that folder's
# pulang.pot.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
pot=$folder/pulang.pot
cmake/report_texts.sh io/report "$folder/report_texts.c"
{
    find cli io model solver -name '*.[ch]' | LC_ALL=C sort
    echo "$folder/report_texts.c"
} | xgettext --files-from=- --keyword=_ --keyword=N_ --from-code=UTF-8 --no-location --sort-output \
    --package-name=pulang --add-comments=TRANSLATORS --output="$pot"
[ $# -gt 0 ] || msgmerge --quiet --update --backup=none --no-location --sort-output --no-fuzzy-matching po/id.po "$pot"
