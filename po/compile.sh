#!/bin/sh
# compile.sh PO MO: msgfmt without its warning about \v, by which argp divides a help text.
if ! messages=$(msgfmt --check-format --output-file="$2" "$1" 2>&1); then
    echo "$messages" >&2
    exit 1
fi
echo "$messages" | grep -v "'.v' escape" >&2
exit 0
