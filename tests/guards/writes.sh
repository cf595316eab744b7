#!/usr/bin/env bash
# Only a verb writes a noun: what a noun's header declares with a db::Transaction is called from actions/ and from the noun itself.
# The import writes rows too: it brings another system's history with its ids and times, and nobody is to be notified of it.
set -euo pipefail
. "$(dirname "$0")/support.bash"

nouns='users|registrations|sign_in|accounts|request_types|service_requests|leaks|comments|attachments|notifications|outbox|events'
callers='^src/.*\.(cpp|hpp)$'
may_write='^src/(actions|commands/import_django)/|_test\.cpp$'

# "NOUN::FUNCTION" of each write.
writes() {
    files "^src/($nouns)/([a-z_]*/)?[a-z_]*\.hpp$" | tr '\n' '\0' | xargs -0 -r awk '
        { text = text " " $0 }
        FNR == 1 { noun = FILENAME; sub(/^src\//, "", noun); sub(/\/.*/, "", noun) }
        /;|\{|\}/ {
            if (match(text, /[a-z_]+\( *db::Transaction& tx/)) {
                name = substr(text, RSTART, RLENGTH)
                sub(/\(.*/, "", name)
                print noun "::" name
            }
            text = ""
        }' | sort -u
}

# A door that says `using namespace comments` calls them without the noun's name.
unqualified() {
    local name noun
    writes | while IFS= read -r name; do
        noun=${name%%::*}
        files "$callers" "$may_write" | { grep -vE "^src/($nouns)/" || true; } | tr '\n' '\0' |
            { xargs -0 -r grep -lF "using namespace $noun;" || true; } | tr '\n' '\0' |
            { xargs -0 -r grep -nHE "(^|[^A-Za-z_:.>])${name##*::}\(" || true; } |
            awk -F: -v name="$name" '{ print $1 ":" $2 "\tonly a verb may call " name }'
    done
}

pattern=$(writes | paste -sd'|' -)
offences=$(
    unqualified
    if [ -n "$pattern" ]; then
        found "(^|[^A-Za-z_:])($pattern)\(" "$callers" "$may_write" | awk -F '\t' -v pattern="($pattern)" '
            {
                file = $1
                sub(/:.*/, "", file)
                room = file
                sub(/^src\//, "", room)
                sub(/\/.*/, "", room)
                match($2, pattern)
                name = substr($2, RSTART, RLENGTH)
                if (index(name, room "::") == 1) next
                print $1 "\tonly a verb may call " name
            }'
    fi
)
report writes "$(files "^src/($nouns)/([a-z_]*/)?[a-z_]*\.hpp$" | wc -l)" <<<"$offences"
