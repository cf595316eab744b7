#!/usr/bin/env bash
# Every message of templates and C++ has a translation in each po/*.po, with the same placeholders, and none is there that nothing says.
set -euo pipefail
. "$(dirname "$0")/support.bash"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/offences"

bash "$here/../../script/messages" --template "$PWD" >"$work/messages.pot" 2>"$work/errors" ||
    sed 's/^/script\/messages\t/' "$work/errors" >>"$work/offences"
compared=0
while IFS= read -r po; do
    # "po/es.po:12: what" of the first error; the rest of its output only counts them.
    if ! found=$(msgfmt --check --output-file=/dev/null "$po" 2>&1); then
        { grep -E "^$po:[0-9]+: " <<<"$found" || echo "$po: $found"; } | sed -E 's/^([^:]*:[0-9]+): /\1\t/' >>"$work/offences"
    fi
    perl "$here/../../script/messages.pl" compare "$work/messages.pot" "$po" >>"$work/offences"
    compared=$((compared + $(grep -c '^msgid "' "$work/messages.pot") - 1))
done < <(files '^po/.*\.po$')
# xgettext knows a message by the name before its bracket.
found '\b(Text|MessageId) +[a-z_]+ *[({=] *"' '^src/.*\.(cpp|hpp)$' '_test\.cpp$' |
    sed 's/\t.*/\thides its message from xgettext; write auto text = base::Text("…")/' >>"$work/offences"
report messages "$compared" <"$work/offences"
