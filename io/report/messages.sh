#!/bin/sh
# The texts of the page, by xgettext with the options given: those in t("...") of the scripts, and those of
# the elements marked data-t of the template, of which each stands on a line of its own.
set -eu
cd "$(dirname "$0")"
sed -n 's/.* data-t>\([^<]*\)<.*/t("\1");/p' report.html |
    xgettext --language=JavaScript --keyword=t --from-code=UTF-8 --no-location --sort-output "$@" - ./*.js
