#!/usr/bin/env bash
# ARCHITECTURE.md says which files a reader opens to follow a write ("## What a reader opens"). Each line is true: its files are
# there, each includes the next one's header, and one of them includes the template. At most five files, from route to template.
set -euo pipefail
. "$(dirname "$0")/support.bash"

page=ARCHITECTURE.md
most_files=5

# "LINE<TAB>NAME FILE…" of each line of the list.
lists() {
    [ -f "$page" ] || return 0
    awk '/^## / { inside = /^## What a reader opens/ } inside && /^    [a-z]/ { print FNR "\t" $0 }' "$page"
}

includes() { grep -qF "#include \"$2\"" "$1"; }

check() {
    local line=$1 previous='' file header
    shift 2
    [ $# -le $most_files ] || echo "$page:$line	$# files are more than $most_files"
    for file in "$@"; do
        if [ ! -f "$file" ]; then
            echo "$page:$line	there is no $file"
        elif [[ $file == templates/* ]]; then
            header=${file#templates/}
            grep -qF "#include \"${header%.html}.html.hpp\"" "${seen[@]}" || echo "$page:$line	nothing before it draws $file"
        else
            header=${file#src/}
            header=${header%.cpp}.hpp
            if [ -n "$previous" ] && ! includes "$previous" "$header"; then echo "$page:$line	$previous does not include $header"; fi
            previous=$file
            seen+=("$file")
        fi
    done
}

offences=$(
    lists | while IFS=$'\t' read -r line words; do
        seen=(/dev/null)
        # shellcheck disable=SC2086
        check "$line" $words
    done
)
report readers "$(lists | wc -l)" <<<"$offences"
