#!/usr/bin/env bash
# Every path that C++ or a template names is one of the route table, src/server/routes.cpp; what stands in it for an id is {}.
set -euo pipefail
. "$(dirname "$0")/support.bash"

table=src/server/routes.cpp
sources='^(src/(pages|live|server|commands|timeline|web)|templates)/.*\.(cpp|hpp|html)$'
others="_test\.cpp$|^$table\$"
# Files under a hashed name, and what other programs serve.
elsewhere='^/(static|etc|favicon\.ico|robots\.txt)'

routes() { sed -nE 's/^ *\{(Get|Post), "([^"]*)".*/\2/p' "$table" 2>/dev/null | sed -E 's/\{[a-z_]+\}/{}/g' | sort -u; }

# "file:line<TAB>path" of each path written down, its ids as {} and without what follows ? or #.
paths() {
    files "$sources" "$others" | tr '\n' '\0' | { xargs -0 -r grep -InHE '"/[a-z][a-z_]*/' || true; } | awk '
        {
            split($0, part, ":")
            where = part[1] ":" part[2]
            text = substr($0, length(where) + 2)
            gsub(/\{\{[^}]*\}\}/, "{}", text)
            sub(/(^|[ \t])\/\/.*/, "", text)
            while (match(text, /"\/[a-z][a-z_]*\/[^"]*"/)) {
                path = substr(text, RSTART + 1, RLENGTH - 2)
                text = substr(text, RSTART + RLENGTH)
                sub(/[?#].*/, "", path)
                sub(/\{% .*/, "", path)
                print where "\t" path
            }
        }'
}

offences=$(
    paths | awk -F '\t' -v elsewhere="$elsewhere" '
        NR == FNR { known[$1] = 1; next }
        $2 ~ elsewhere { next }
        !($2 in known) { print $1 "\tno route leads to " $2 }' <(routes) -
)
report paths "$(paths | wc -l)" <<<"$offences"
