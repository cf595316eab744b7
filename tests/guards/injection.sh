#!/usr/bin/env bash
# Nothing typed by a visitor becomes SQL, HTML or script: SQL is whole and bound, templates hold nothing inline. The types and the
# template compiler refuse most of it; this looks once more.
set -euo pipefail
. "$(dirname "$0")/support.bash"

sources='^(src|tools)/.*\.(cpp|hpp)$'
tests='_test\.cpp$'

# A statement that is glued together: text + or fmt beside a verb of SQL.
glued_sql() {
    found '\b(query|execute|prepare)\( *(fmt::format|std::string\(|[a-z_.]+ *\+)' "$sources" "$tests"
    found '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM)\b[^"]*" *\+|\+ *"[^"]*\b(WHERE|ORDER BY|VALUES) ' \
        "$sources" "$tests"
    found 'fmt::format\( *R?"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|ORDER BY)\b' "$sources" "$tests"
}


in_templates() {
    local templates='^templates/.*\.html$'
    found '<[a-z][^>]*[[:space:]]style *=' "$templates"
    found '(^|[[:space:]])on[a-z]+ *= *["'"'"']' "$templates"
    found '<style|javascript:|srcdoc *=' "$templates"
    found '<script' "$templates" | grep -vE '<script type="module" src="\{% asset ' || true
    found '\{%-? *raw|\| *(raw|safe)\b' "$templates"
    found '<(a|form|link|script|img|iframe)[^>]*(href|src|action) *= *"(https?:)?//' "$templates"
}

# Where HTML becomes nodes is one place with a Trusted Types policy.
in_behaviours() {
    found '\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b' '^frontend/behaviours/.*\.ts$' |
        grep -v '^frontend/behaviours/fragment\.ts:' || true
}

# No HTML in C++: only the compiler's run-time and tests write tags.
in_cpp() { found '"[^"]*</?(div|p|span|a|form|input|li|ul|td|tr|h[1-6]|button|script)\b' "$sources" '_test(\.cpp|_support\.hpp)$|^tools/|^src/web/html\.|testing'; }

offences=$(
    glued_sql
    in_templates
    in_behaviours
    in_cpp
)
report injection "$(files "$sources|^templates/.*\.html\$|^frontend/behaviours/" | wc -l)" <<<"$offences"
