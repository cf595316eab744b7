#!/usr/bin/env bash
# One word per concept: docs/glossary.md names the words that are not used. words_allowed.txt lists where one means something else.
set -euo pipefail
. "$(dirname "$0")/support.bash"

others='ticket|issue|incident|problem'
# snake_case and plain text, then UpperCamelCase; "reissue" and "tissue" are other words.
pattern="(^|[^A-Za-z])($others)s?([^a-z]|\$)|(^|[^A-Z])(Ticket|Issue|Incident|Problem)s?([^a-z]|\$)"
not_ours='(^|/)(LICENSE(\.txt)?|package-lock\.json)$|^docs/glossary\.md$|^tests/guards/(words_allowed\.txt|words\.sh|selftest\.sh)$'
allowed=tests/guards/words_allowed.txt
[ -f "$allowed" ] || allowed=/dev/null

# Allowed texts are taken out of a line before it is looked at again, so that they excuse only themselves.
in_text() {
    found "$pattern|(^|[^A-Za-z])(TICKET|ISSUE|INCIDENT|PROBLEM|Ticket|Issue|Incident|Problem)S?s?([^A-Za-z]|\$)" '.' "$not_ours" |
        awk -F '\t' -v allowed="$allowed" -v others="$others" '
        BEGIN { while ((getline line < allowed) > 0) if (line !~ /^(#|$)/) excused[++n] = line }
        {
            text = $0
            sub(/^[^\t]*\t/, "", text)
            for (i = 1; i <= n; i++)
                while ((at = index(text, excused[i])) > 0)
                    text = substr(text, 1, at - 1) substr(text, at + length(excused[i]))
            if (tolower(text) ~ "(^|[^a-z])(" others ")s?([^a-z]|$)" || text ~ /(Ticket|Issue|Incident|Problem)s?([^a-z]|$)/)
                print $1 "\t" text
        }'
}

in_names() { all_files | grep -iE "(^|[^a-z])($others)s?([^a-z]|\$)" | sed 's/$/\tis a file name with a word that is not ours/' || true; }

# Words that are everyday English in code and documents, but on a page would be a second name for something of ours.
on_pages() {
    found '(^|[^A-Za-z-])([Cc]ases?|[Aa]gents?|[Ii]nbox|[Cc]ategory|[Cc]ategories)([^A-Za-z-]|$)' '^templates/.*\.html$' |
        grep -vE '"inbox"|"i-inbox"|[Ii]n case|\{% (case|icon)' || true
}

offences=$(
    in_text
    in_names
    on_pages
)
report words "$(all_files | wc -l)" <<<"$offences"
