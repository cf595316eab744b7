#!/usr/bin/env bash
# What is swept under the carpet: swallowed errors, tests switched off, notes of things undone.
set -euo pipefail
. "$(dirname "$0")/support.bash"

code='\.(cpp|hpp|ts|mjs|js|sh|bash|cmake|sql|css|html)$|^script/'
# These name what they look for.
guards='^tests/guards/[a-z_]*\.sh$'

# An empty handler, on one line or with its brace on a later one; a comment in it does not help. A test may expect a certain error.
empty_catch() {
    files '\.(cpp|hpp|ts|mjs|js)$' | tr '\n' '\0' | xargs -0 -r awk '
        function without_comment(text) { sub(/\/\/.*/, "", text); gsub(/\/\*[^*]*\*\//, "", text); return text }
        FNR == 1 { waiting = 0 }
        {
            line = without_comment($0)
            if (FILENAME ~ /_test\.cpp$/ && line !~ /catch *\(\.\.\.\)/ && line ~ /catch/) line = ""
            if (waiting && line !~ /^[ \t]*$/) {
                if (line ~ /^[ \t]*}/) print FILENAME ":" at "\tswallows an error"
                waiting = 0
            }
            if (line ~ /catch *(\([^)]*\))? *{ *}/) print FILENAME ":" FNR "\tswallows an error"
            else if (line ~ /catch *(\([^)]*\))? *{ *$/) { waiting = 1; at = FNR }
        }'
}

# A test of what only one database engine has says which, and why.
skipped_without_engine() {
    found '\bGTEST_SKIP' '\.(cpp|hpp)$' |
        grep -vE 'GTEST_SKIP\(\) << "only on (SQLite|PostgreSQL): [^"]{10,}";$' || true
}

offences=$(
    empty_catch
    found '\bDISABLED_' '\.(cpp|hpp)$'
    skipped_without_engine
    found '\b(test|it|describe|suite)\.(only|skip|todo)\b|\b(xit|xdescribe|fit|fdescribe)\(|\b(only|skip|todo): *true' '\.(ts|mjs|js)$'
    found '\b(TODO|FIXME|XXX|HACK)\b' "$code" "$guards"
    found '\b(TODO|FIXME|XXX|HACK)\b' '\.md$' '^(STYLE|CONTRIBUTING)\.md$'
    found '^ *(//|#) *[=*#~-]{6,}' "$code" '\.css$'
    found 'NOLINT|eslint-disable|@ts-ignore|@ts-nocheck|diagnostic ignored|clang-format off' "$code" "$guards"
)
report swallowed "$(files "$code" | wc -l)" <<<"$offences"
