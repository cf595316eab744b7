#!/usr/bin/env bash
# Every setting is read by somebody: a field that src/server/settings/settings.cpp (or mail_settings.cpp and oidc_settings.cpp beside it) fills in is used outside of it, the reading of the
# configuration and the tests. A setting that nobody reads promises what the program does not do.
set -euo pipefail
. "$(dirname "$0")/support.bash"

table='^src/server/settings/(mail_|oidc_)?settings\.cpp$'
readers='^src/.*\.(cpp|hpp)$|^templates/.*\.html$'
not_readers='^src/server/settings/((mail_|oidc_)?settings\.cpp|config\.(cpp|hpp))$|_test\.cpp$'

# "NAME<TAB>FIELD" of each field that a setting fills in, the settings' helper functions looked through.
fields_of_settings() {
    files "$table" | tr '\n' '\0' | xargs -0 -r awk '
        function fields(text, out) {
            out = ""
            while (match(text, /(^|[^A-Za-z_.])config\.[a-z0-9_.]+/)) {
                field = substr(text, RSTART, RLENGTH)
                sub(/^.*config\./, "", field)
                out = out " " field
                text = substr(text, RSTART + RLENGTH)
            }
            return out
        }
        /^[a-z].* apply_[a-z0-9_]+\(.*Config& config/ {
            helper = $0
            sub(/^.* apply_/, "apply_", helper)
            sub(/\(.*/, "", helper)
        }
        /^}/ { helper = "" }
        helper != "" { filled[helper] = filled[helper] fields($0) }
        /Setting\{/ { in_table = 1; entry = "" }
        in_table && /^};/ { in_table = 0 }
        in_table { text = text "\n" $0 }
        END {
            n = split(text, entries, /Setting\{[[:space:]]*"/)
            for (i = 2; i <= n; i++) {
                name = entries[i]
                sub(/".*/, "", name)
                found = fields(entries[i])
                rest = entries[i]
                while (match(rest, /apply_[a-z0-9_]+/)) {
                    found = found filled[substr(rest, RSTART, RLENGTH)]
                    rest = substr(rest, RSTART + RLENGTH)
                }
                if (found == "") print name "\t-"
                m = split(found, each, " ")
                for (j = 1; j <= m; j++) print name "\t" each[j]
            }
        }' | sort -u
}

# The field by its name, or the part of the configuration that holds it, handed on whole.
is_read() {
    local field=$1 all
    all=$(files "$readers" "$not_readers")
    [ -n "$all" ] || return 1
    tr '\n' '\0' <<<"$all" | xargs -0 grep -qE "config_?(\.|->)${field//./\\.}([^A-Za-z0-9_]|\$)" && return 0
    case $field in
    *.*)
        local whole=${field%.*} part=${field##*.}
        tr '\n' '\0' <<<"$all" | xargs -0 grep -qE "config_?(\.|->)$whole([^A-Za-z0-9_.]|\$)" || return 1
        tr '\n' '\0' <<<"$all" | xargs -0 grep -qE "(\.|->)$part([^A-Za-z0-9_]|\$)"
        ;;
    *) return 1 ;;
    esac
}

settings=$(fields_of_settings)
offences=$(
    while IFS=$'\t' read -r name field; do
        [ -n "$name" ] || continue
        is_read "$field" || printf 'src/server/settings/settings.cpp\tnobody reads the setting %s (%s)\n' "$name" "$field"
    done <<<"$settings"
)
report settings "$(grep -c . <<<"$settings" || true)" <<<"$offences"
