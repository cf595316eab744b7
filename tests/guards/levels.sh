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

# A noun's folder holds three levels: the noun, the values its templates show (views), and its pages.
directions() {
    includes | awk -F '\t' '
        function level(path,    folder) {
            if (path ~ /\.html\.hpp$/) return "template"
            folder = path
            sub(/\/.*/, "", folder)
            if (folder ~ /^(base|db|http|assets|web|actions|live|app)$/) return folder
            if (path ~ /_pages\.(cpp|hpp)$/) return "pages"
            if (path ~ /(^|[\/_])(views|presentation)\.(cpp|hpp)$/) return "views"
            return folder == "admin" ? "staff" : "noun"
        }
        BEGIN {
            sees["base"] = "base"
            sees["db"] = "base db"
            sees["http"] = "base http"
            sees["assets"] = "base assets"
            sees["web"] = "base db http assets web"
            sees["noun"] = "base db noun"
            sees["actions"] = "base db noun actions"
            sees["views"] = "base web noun views staff"
            sees["staff"] = "base db http web noun actions views staff template"
            sees["pages"] = "base db http assets web noun actions views staff template"
            sees["live"] = "base db http web noun views staff template live"
            sees["app"] = "base db http assets web noun actions views staff template pages live app"
        }
        $3 ~ /^"/ {
            file = substr($1, 5)
            target = substr($3, 2)
            from = level(file)
            to = level(target)
            own = file
            sub(/\.cpp$/, ".hpp", own)
            if (target == own || (" " sees[from] " ") ~ (" " to " ")) next
            # A page may draw with the pages header of its own folder what both share; never with those of another folder.
            folder = target
            sub(/\/.*/, "", folder)
            if (from == "pages" && to == "pages" && index(file, folder "/") == 1) next
            print $1 ":" $2 "\t" from " must not include " target " (" to ")"
        }'
}

# One library, the few files that may see it.
libraries() {
    includes | awk -F '\t' '
        BEGIN {
            only["sqlite3.h"] = "^src/db/[a-z_]*\\.(cpp|hpp)$"
            only["libpq"] = "^src/db/[a-z_]*\\.(cpp|hpp)$"
            only["boost/"] = "^src/(http/[a-z_]*\\.(cpp|hpp)|web/json\\.cpp)$"
            only["spdlog/"] = "^src/base/log\\.cpp$"
            only["CLI/"] = "^src/app/command_line\\.cpp$"
            only["toml++/"] = "^src/app/config_file\\.cpp$"
            only["date/"] = "^src/base/time\\.cpp$"
            only["argon2.h"] = "^src/sign_in/password\\.cpp$"
            only["curl/"] = "^src/attachments/s3_transport\\.cpp$"
            only["magic.h"] = "^src/attachments/[a-z_]*\\.cpp$"
            only["zlib.h"] = "^src/http/[a-z_]*\\.(cpp|hpp)$"
            only["brotli/"] = "^src/http/[a-z_]*\\.(cpp|hpp)$"
            only["openssl/"] = "^src/(base|http|web|sign_in)/[a-z_]*\\.(cpp|hpp)$"
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
    libraries
    hidden
)
report levels "$(includes | wc -l)" <<<"$offences"
