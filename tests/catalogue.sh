#!/bin/sh
# Every marked text has an Indonesian translation, and no translation is left over.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$root/po/update.sh" "$folder"
msgcmp --use-untranslated "$root/po/id.po" "$folder/pulang.pot"
msgattrib --untranslated --no-fuzzy "$root/po/id.po" >"$folder/untranslated"
msgattrib --fuzzy "$root/po/id.po" >>"$folder/untranslated"
msgattrib --obsolete "$root/po/id.po" >>"$folder/untranslated"
if [ -s "$folder/untranslated" ]; then
    cat "$folder/untranslated"
    echo "po/id.po: the texts above are untranslated or left over; see po/update.sh" >&2
    exit 1
fi
