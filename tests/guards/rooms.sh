#!/usr/bin/env bash
# A room is a folder of src/ without those below it: at most 25 files and 3,000 lines, tests left out, because they should never be
# a reason to write fewer of them.
set -euo pipefail
. "$(dirname "$0")/support.bash"

most_files=25
most_lines=3000

rooms() { files '^src/.*\.(cpp|hpp)$' '(_test\.cpp|_test_support\.hpp|/testing\.hpp)$'; }

offences=$(
    rooms | tr '\n' '\0' | xargs -0 -r wc -l | awk -v most_files=$most_files -v most_lines=$most_lines '
        $2 != "total" {
            room = $2
            sub(/\/[^\/]*$/, "", room)
            files[room]++
            lines[room] += $1
        }
        END {
            for (room in files) {
                if (files[room] > most_files) print room "\t" files[room] " files, " most_files " are allowed"
                if (lines[room] > most_lines) print room "\t" lines[room] " lines, " most_lines " are allowed"
            }
        }'
)
report rooms "$(rooms | wc -l)" <<<"$offences"
