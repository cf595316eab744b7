#!/usr/bin/env bash
# A door file is a .cpp file that defines a function of pages/ named in src/server/routes.cpp. The median door file has at most 60
# lines, so that route, door, verb and template together explain a whole write.
set -euo pipefail
. "$(dirname "$0")/support.bash"

table=src/server/routes.cpp
most_lines=60

# "NAMESPACE::FUNCTION" of each handler in the table; the table gives each namespace of pages/ a short name.
handlers() {
    [ -f "$table" ] || return 0
    awk '
        match($0, /^namespace [a-z_]+ = pages::/) { short[$2] = $4; sub(/;.*/, "", short[$2]); next }
        {
            text = $0
            sub(/^ *\/\/.*/, "", text)
            while (match(text, /[a-z_]+::[a-z_]+/)) {
                split(substr(text, RSTART, RLENGTH), part, "::")
                text = substr(text, RSTART + RLENGTH)
                if (part[1] in short) print short[part[1]] "::" part[2]
            }
        }' "$table" | sort -u
}

# "NAMESPACE::FUNCTION<TAB>FILE" of each function that pages/ defines.
definitions() {
    ctags -x --_xformat='%{scope}::%{name}	%{input}' --language-force=C++ --c++-kinds=f --fields=+s \
        -L <(files '^src/pages/.*\.cpp$' '_test\.cpp$')
}

# "HANDLER<TAB>FILE" of each handler; "HANDLER<TAB>" when no file defines it.
defined() {
    awk -F '\t' 'NR == FNR { file[$1] = $2; next } { print $1 "\t" file[$1] }' <(definitions) <(handlers)
}

doors() { defined | cut -f 2 | grep . | sort -u || true; }

offences=$(
    defined | awk -F '\t' -v table="$table" '$2 == "" { print table "\tno file of pages/ defines " $1 }'
    doors | tr '\n' '\0' | xargs -0 -r -n 1 wc -l | sort -n | awk -v most="$most_lines" -v table="$table" '
        { lines[NR] = $1 }
        END {
            median = (lines[int((NR + 1) / 2)] + lines[int(NR / 2) + 1]) / 2
            if (median > most) print table "\tthe median of " NR " door files is " median " lines, " most " are allowed"
        }'
)
report doors "$(doors | wc -l)" <<<"$offences"
