#!/usr/bin/env bash
# Include directions: ARCHITECTURE.md "Levels". Tests (*_test.cpp) may look at everything.
set -euo pipefail
. "$(dirname "$0")/support.bash"

sources='^src/.*\.(cpp|hpp)$'
tests='(_test\.cpp|_test_support\.hpp|/testing\.hpp)$'
includes() {
    files "$sources" "$tests" | tr '\n' '\0' | xargs -0 -r grep -HnE '^ *# *include *["<]' |
        sed -E 's/^([^:]*):([0-9]+): *# *include *(["<][^">]*)[">].*/\1\t\2\t\3/'
}

# A noun includes no other noun, a door no other door; what draws in a door's folder is that door's alone.
directions() {
    includes | awk -F '\t' '
        function room(path) {
            sub(/\/[^\/]*$/, "", path)
            # The rooms below a door are the same door.
            if (match(path, /^pages\/[a-z]+/)) return substr(path, 1, RLENGTH)
            sub(/\/.*/, "", path)
            return path
        }
        function level(path,    folder) {
            folder = room(path)
            if (path ~ /\.(html|txt)\.hpp$/) {
                if (folder ~ /^(public|customer|desk|settings)$/) return "template of pages/" folder
                return "template"
            }
            if (folder ~ /^(base|i18n|db|http|storage|mail|oidc|assets|web|actions|live|jobs|server|commands)$/) return folder
            if (folder ~ /^(timeline|search|queue)$/) return "reading"
            if (folder ~ /^pages\/shared(\/|$)/) return "shared"
            return folder ~ /^pages\// ? "door" : "noun"
        }
        function below(from) { return " " sees[from] " " }
        BEGIN {
            sees["base"] = "base"
            sees["db"] = "base db"
            sees["http"] = "base http"
            sees["storage"] = "base storage"
            sees["mail"] = "base mail"
            sees["oidc"] = "base oidc"
            sees["assets"] = "base assets"
            sees["i18n"] = "base i18n"
            sees["web"] = "base i18n db http assets web"
            sees["noun"] = "base db storage"
            sees["reading"] = "base i18n db storage noun"
            sees["actions"] = "base db storage noun reading actions"
            drawing = "base i18n db http storage assets web noun reading actions template shared"
            sees["shared"] = drawing
            sees["door"] = drawing " oidc"
            sees["live"] = drawing " live"
            sees["jobs"] = drawing " mail jobs"
            sees["server"] = drawing " door live mail oidc jobs server"
            sees["commands"] = sees["server"] " commands"
        }
        $3 ~ /^"/ {
            file = substr($1, 5)
            target = substr($3, 2)
            from = level(file)
            to = level(target)
            if (index(below(from), " " to " ")) next
            if (from == to && room(file) == room(target)) next
            if (to == "template of " room(file)) next
            # The queue is found by the search; the search knows no queue.
            if (room(file) == "queue" && room(target) == "search") next
            print $1 ":" $2 "\t" from " must not include " target " (" to ")"
        }'
}

# A template includes and extends those of its own door and what all share.
drawings() {
    found '\{%-? *(include|extends) +(public|customer|desk|settings)/' '^templates/.*\.html$' | awk -F '\t' '
        {
            split($1, folder, "/")
            match($2, /(include|extends) +[a-z_\/]+/)
            target = substr($2, RSTART, RLENGTH)
            sub(/^[a-z]+ +/, "", target)
            split(target, part, "/")
            if (part[1] != folder[2]) print $1 "\ta template of " folder[2] "/ must not draw " target
        }'
}

# One library, the few files that may see it.
libraries() {
    includes | awk -F '\t' '
        BEGIN {
            only["sqlite3.h"] = "^src/db/([a-z]*/)?[a-z_]*\\.(cpp|hpp)$"
            only["libpq"] = "^src/db/([a-z]*/)?[a-z_]*\\.(cpp|hpp)$"
            only["boost/"] = "^src/(http/([a-z]*/)?[a-z_]*\\.(cpp|hpp)|web/json\\.cpp|base/json/json\\.cpp)$"
            only["spdlog/"] = "^src/base/log\\.cpp$"
            only["CLI/"] = "^src/commands/command_line\\.cpp$"
            only["toml++/"] = "^src/server/settings/config_file\\.cpp$"
            only["date/"] = "^src/base/(time|zones/time_zones)\\.cpp$"
            only["argon2.h"] = "^src/sign_in/password\\.cpp$"
            only["curl/"] = "^src/(storage/s3_transport|mail/smtp_sender|oidc/http_client)\\.cpp$"
            only["liboath/"] = "^src/sign_in/factor/totp\\.cpp$"
            only["qrencode.h"] = "^src/pages/settings/security/qr_code\\.cpp$"
            only["magic.h"] = "^src/storage/[a-z_]*\\.cpp$"
            only["zlib.h"] = "^src/http/([a-z]*/)?[a-z_]*\\.(cpp|hpp)$"
            only["brotli/"] = "^src/http/([a-z]*/)?[a-z_]*\\.(cpp|hpp)$"
            only["openssl/"] = "^src/(base|http/[a-z]*|oidc|web/forms|web|sign_in|sign_in/factor)/[a-z_]*\\.(cpp|hpp)$"
        }
        $3 ~ /^</ {
            header = substr($3, 2)
            for (library in only)
                if (index(header, library) == 1 && $1 !~ only[library])
                    print $1 ":" $2 "\t<" header "> may be seen only by " only[library]
        }'
}

# sqlite3.h and Boost stay behind their folder's public headers: those outside must not reach them through a header either.
hidden() {
    includes | awk -F '\t' '
        $3 ~ /^<(boost\/|sqlite3\.h)/ && $1 ~ /\.hpp$/ { shows[substr($1, 5)] = 1 }
        $3 ~ /^"/ { from[++n] = substr($1, 5); to[n] = substr($3, 2); line[n] = $1 ":" $2 }
        END {
            do {
                changed = 0
                for (i = 1; i <= n; i++)
                    if (from[i] ~ /\.hpp$/ && shows[to[i]] && !shows[from[i]]) { shows[from[i]] = 1; changed = 1 }
            } while (changed)
            for (i = 1; i <= n; i++) {
                folder = to[i]
                sub(/\/.*/, "/", folder)
                if (shows[to[i]] && index(from[i], folder) != 1) print line[i] "\t" to[i] " shows Boost or SQLite to others"
            }
        }'
}

offences=$(
    directions
    drawings
    libraries
    hidden
)
report levels "$(includes | wc -l)" <<<"$offences"
