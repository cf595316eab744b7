#!/usr/bin/env bash
# C++ writes no path but in the route table, src/server/routes.cpp, and in the URL functions, src/pages/shared/urls.hpp. Every path of
# those functions and of a template is one of the table; what stands in it for an id is {}.
set -euo pipefail
. "$(dirname "$0")/support.bash"

table=src/server/routes.cpp
header=src/pages/shared/urls.hpp
sources="^($header|templates/.*\.html)\$"
code='^src/.*\.(cpp|hpp)$'
others="(_test\.cpp|_test_support\.hpp|/testing\.hpp)$|^($table|$header)\$"
# Files under a hashed name, those of the machine, and what other programs serve.
elsewhere='^/(static|etc|proc|favicon\.ico|robots\.txt)'

routes() { sed -nE 's/^ *\{(Get|Post), "([^"]*)".*/\2/p' "$table" 2>/dev/null | sed -E 's/\{[a-z_]+\}/{}/g' | sort -u; }

# "file:line<TAB>path" of each path written down, its ids as {} and without what follows ? or #.
paths() {
    files "$sources" | tr '\n' '\0' | { xargs -0 -r grep -InHE '"/[a-z][a-z_]*/' || true; } | awk '
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

# The same of each path that C++ writes elsewhere.
literals() {
    found '"/[a-z]' "$code" "$others" | awk -F '\t' -v elsewhere="$elsewhere" '
        {
            text = substr($0, length($1) + 2)
            sub(/(^|[ \t])\/\/.*/, "", text)
            while (match(text, /"\/[a-z][^"]*"/)) {
                path = substr(text, RSTART + 1, RLENGTH - 2)
                text = substr(text, RSTART + RLENGTH)
                if (path !~ elsewhere) print $1 "\t" path
            }
        }'
}

offences=$(
    literals | awk -F '\t' -v header="$header" '{ print $1 "\twrites the path " $2 ": use or add a function of " header }'
    paths | awk -F '\t' -v elsewhere="$elsewhere" '
        NR == FNR { known[$1] = 1; next }
        $2 ~ elsewhere { next }
        !($2 in known) { print $1 "\tno route leads to " $2 }' <(routes) -
)
report paths "$(paths | wc -l)" <<<"$offences"
