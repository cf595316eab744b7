#!/usr/bin/env bash
# The sizes that STYLE.md allows: lines of a file; characters of a template's line; lines, parameters and nesting of a function (measured by universal-ctags).
set -euo pipefail
. "$(dirname "$0")/support.bash"

most_lines() { # most_lines LIMIT REGEX [NOT-REGEX]
    files "$2" "${3:-}" | tr '\n' '\0' | xargs -0 -r wc -l | awk -v limit="$1" '
        $2 != "total" && $1 > limit { print $2 "\thas " $1 " lines, " limit " are allowed" }'
}

most_characters() { # most_characters LIMIT REGEX
    files "$2" | tr '\n' '\0' | LC_ALL=C.UTF-8 xargs -0 -r grep -nHE ".{$(($1 + 1)),}" |
        sed -E "s/^([^:]*:[0-9]+):.*/\1\tis longer than $1 characters/" || true
}

# WHERE is file:function. The constructors' parameters are not counted, nor are functions that a function contains.
functions() {
    ctags -x --_xformat='%{input}	%{line}	%{end}	%{name}	%{scope}	%{signature}' --language-force=C++ --c++-kinds=f \
        --fields=+neSs -L <(files "$sources") | awk -F '\t' '
        function parameters(text,    i, c, depth, count) {
            sub(/^\(/, "", text)
            sub(/\)[^)]*$/, "", text)
            if (text ~ /^[ ]*(void)?[ ]*$/) return 0
            count = 1
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1)
                if (c ~ /[(<{[]/) depth++
                else if (c ~ /[)>}\]]/) depth--
                else if (c == "," && depth == 0) count++
            }
            return count
        }
        {
            owner = $5
            sub(/.*::/, "", owner)
            is_constructor = owner == $4
            lines = $3 - $2 + 1
            count = $4 ~ /^__anon/ || is_constructor || $4 ~ /^TEST/ ? 0 : parameters($6)
            if (lines > 60) print $1 ":" $4 "\thas " lines " lines, 60 are allowed"
            if (count > 4) print $1 ":" $4 "\ttakes " count " parameters, 4 are allowed"
        }'
}

# Relies on the formatting: a control statement stands deeper than the one that holds it.
nesting() {
    files "$sources" | tr '\n' '\0' | xargs -0 -r awk '
        FNR == 1 { depth = 0 }
        /^[ ]*(\/\/|#|$)/ { next }
        {
            match($0, /^ */)
            indent = RLENGTH
            while (depth > 0 && indents[depth] >= indent) depth--
            line = $0
            sub(/^ *(} )?/, "", line)
            if (line ~ /^(if|else|for|while|do|switch|try|catch)([ ({]|$)/) {
                indents[++depth] = indent
                if (depth == 4) print FILENAME ":" FNR "\tis nested four deep, three are allowed"
            }
        }'
}

sources='^(src|tools|tests)/.*\.(cpp|hpp)$'
tests='(_test\.cpp|_test_support\.hpp)$|^tests/'
offences=$(
    most_lines 400 "$sources" "$tests"
    most_lines 600 "$tests" '\.(txt|md|json|html)$'
    most_lines 150 '^templates/.*\.html$'
    most_characters 160 '^templates/.*\.html$'
    most_lines 150 '^frontend/behaviours/.*\.ts$'
    most_lines 400 '^frontend/styles/.*\.css$'
    most_lines 400 '^(migrations/.*\.sql|cmake/.*\.cmake|script/[^/]*)$'
    functions
    nesting
)
report limits "$(files "$sources|^(templates|frontend/(behaviours|styles)|migrations)/" | wc -l)" <<<"$offences"
