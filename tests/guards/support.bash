# What every guard needs; read with `.`, run inside the tree to look at.
# A guard is called `GUARD [TREE]` (default: this repository), prints offences as "WHERE<TAB>WHAT" through `report`, and ends with
# a line that says how much it looked at: a guard that looked at nothing fails.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
export LC_ALL=C

# Every file of the project, one a line: what git knows or would add, or everything when there is no repository of our own.
list_files() {
    if [ "$(git rev-parse --show-toplevel 2>/dev/null || true)" = "$(pwd -P)" ]; then
        git ls-files --cached --others --exclude-standard | sort -u | while IFS= read -r file; do
            if [ -f "$file" ]; then echo "$file"; fi
        done
    else
        find . \( -name .git -o -name build -o -name node_modules -o -name var \) -prune -o -type f -print | sed 's|^\./||' | sort
    fi
}

everything=$(list_files)
all_files() { if [ -n "$everything" ]; then echo "$everything"; fi; }

# files REGEX [NOT-REGEX]: the names that match the first and not the second.
files() {
    all_files | { grep -E "$1" || true; } | { if [ -n "${2:-}" ]; then grep -vE "$2" || true; else cat; fi; }
}

# found REGEX FILES-REGEX [NOT-FILES-REGEX]: "file:line<TAB>text" of every line that matches, text files only.
found() {
    files "$2" "${3:-}" | tr '\n' '\0' | { xargs -0 -r grep -InE -H -e "$1" || true; } | sed -E 's/^([^:]*:[0-9]+):[[:space:]]*/\1\t/'
}

# report GUARD LOOKED-AT: reads offences, leaves out what exceptions.txt allows ("GUARD WHERE REASON", WHERE without the line
# number), prints the rest and fails when there are any, when an exception is no longer needed, or when nothing was looked at.
report() {
    local guard=$1 looked_at=$2 exceptions=tests/guards/exceptions.txt status=0
    [ -f "$exceptions" ] || exceptions=/dev/null
    awk -F '\t' -v guard="$guard" -v exceptions="$exceptions" '
        BEGIN {
            while ((getline line < exceptions) > 0) {
                if (line ~ /^#/ || split(line, word, " ") < 3 || word[1] != guard) continue
                allowed[word[2]] = 0
            }
        }
        NF {
            where = $1
            sub(/:[0-9]+$/, "", where)
            if (where in allowed) { allowed[where]++; next }
            print $1 ": " $2
            offences++
        }
        END {
            for (where in allowed) if (!allowed[where]) {
                print exceptions ": the exception for " where " is no longer needed"
                offences++
            }
            exit offences > 0
        }' || status=1
    if [ "$looked_at" -eq 0 ]; then
        echo "$guard looked at nothing"
        status=1
    fi
    echo "$guard looked at $looked_at"
    return $status
}
