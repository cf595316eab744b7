#!/usr/bin/env bash
# Proves that script/test counts truthfully: suites that fail, crash, hang, lie or run nothing are seen, and none is cut short.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

wrong=0
expect() { # expect WHAT WANTED FOUND
    if [ "$2" != "$3" ]; then
        wrong=$((wrong + 1))
        printf '%s: expected "%s", found "%s"\n' "$1" "$2" "$3"
    fi
}

# run LINE…: the last line and the exit code of a script that runs these suites; its output is $place/output.
run() {
    local code=0
    mkdir -p "$place/logs"
    {
        echo 'set -euo pipefail'
        echo "logs=$place/logs"
        echo '. tests/support/suites.bash'
        printf '%s\n' "$@" report
    } >"$place/script"
    bash "$place/script" >"$place/output" 2>&1 || code=$?
    echo "$(tail -n 1 "$place/output"), code $code"
}

good='bash -c "echo 3 passed, 0 failed"'
expect "good suites" "6 passed, 0 failed, code 0" "$(run "suite a 9 $good" "suite b 9 $good")"
expect "no suite" "0 passed, 0 failed, code 1" "$(run)"
expect "a failed test" "5 passed, 1 failed, code 1" "$(run "suite a 9 $good" 'suite b 9 bash -c "echo 2 passed, 1 failed; exit 1"')"
expect "its name at the end" "b: FAIL a story" "$(run 'suite b 9 bash -c "echo FAIL a story; echo 2 passed, 1 failed"' >/dev/null; sed -n '/^$/,$p' "$place/output" | sed -n 2p)"
expect "a failed test, code 0" "2 passed, 1 failed, code 1" "$(run 'suite b 9 bash -c "echo 2 passed, 1 failed"')"
expect "only a code" "5 passed, 1 failed, code 1" "$(run 'suite b 9 bash -c "echo 5 passed, 0 failed; exit 3"')"
expect "a crash" "3 passed, 1 failed, code 1" "$(run 'suite b 9 bash -c "kill -SEGV \$\$"' "suite a 9 $good")"
expect "no test" "3 passed, 1 failed, code 1" "$(run 'suite b 9 bash -c "echo 0 passed, 0 failed"' "suite a 9 $good")"
expect "no word" "3 passed, 1 failed, code 1" "$(run 'suite b 9 true' "suite a 9 $good")"
expect "no program" "3 passed, 1 failed, code 1" "$(run 'suite b 9 tests/none' "suite a 9 $good")"
expect "a stage" "0 passed, 1 failed, code 1" "$(run 'stage build false' "suite a 9 $good")"

# Its servers are ended with it.
hanging="suite b 1 bash -c 'sleep 60 & echo \$! >$place/left; echo 2 passed, 0 failed; wait'"
expect "a suite that hangs" "5 passed, 1 failed, code 1" "$(run "$hanging" "suite a 9 $good")"
expect "its name" 1 "$(grep -c '^b did not end within 1 s' "$place/output")"
if ps -o stat= "$(cat "$place/left")" | grep -v Z; then expect "what a suite that hangs left" ended running; fi

talking="bash -c 'for i in 1 2 3; do echo \$0 \$i; sleep 0.1; done; echo 1 passed, 0 failed'"
expect "two that talk" "2 passed, 0 failed, code 0" "$(run "suite a 9 $talking a" "suite b 9 $talking b")"
expect "neither is interrupted" 2 "$(grep -cE '^[ab] 1$' -A 2 "$place/output" | head -n 1)"
expect "their lines" "3 3" "$(grep -E -A 2 '^a 1$' "$place/output" | grep -c '^a') $(grep -E -A 2 '^b 1$' "$place/output" | grep -c '^b')"
began=$(date +%s%N)
waiting='bash -c "sleep 0.8; echo 1 passed, 0 failed"'
expect "three" "3 passed, 0 failed, code 0" "$(run "suite a 9 $waiting" "suite b 9 $waiting" "suite c 9 $waiting")"
took=$((($(date +%s%N) - began) / 1000000))
if [ "$took" -lt 1600 ]; then expect "time of three, two at a time" "two turns" "$took ms"; fi

# unit LINE…: the last line and the exit code of a part whose program says these lines, then does the last one.
unit() {
    local code=0
    printf '#!/bin/sh\ncat <<"END"\n%s\nEND\n%s\n' "$1" "$2" >"$place/unit_tests"
    chmod +x "$place/unit_tests"
    tests/support/unit_shard "$place/unit_tests" sqlite 1 2 "$place/log" >"$place/output" 2>&1 || code=$?
    echo "$(tail -n 1 "$place/output"), code $code"
}
two=$'[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.B\n[       OK ] A.B (1 ms)\n[ RUN      ] A.C'
expect "a good part" "2 passed, 0 failed, code 0" "$(unit "$two"$'\n[       OK ] A.C (1 ms)' 'exit 0')"
expect "a test that is left out" "1 passed, 0 failed, code 0" "$(unit "$two"$'\n[  SKIPPED ] A.C (1 ms)' 'exit 0')"
expect "a failed test of a part" "1 passed, 1 failed, code 1" "$(unit "$two"$'\n[  FAILED  ] A.C (1 ms)' 'exit 1')"
expect "a part that crashes" "1 passed, 1 failed, code 1" "$(unit "$two" 'kill -SEGV $$')"
expect "the test it crashed in" 1 "$(grep -cF '[ RUN      ] A.C' "$place/output")"
expect "a part that stops midway" "1 passed, 1 failed, code 1" "$(unit "$two" 'exit 0')"
expect "a part without tests" "0 passed, 1 failed, code 1" "$(unit '[==========] Running 0 tests from 0 test suites.' 'exit 0')"
expect "a silent part" "0 passed, 1 failed, code 1" "$(unit '' 'exit 0')"

[ "$wrong" -eq 0 ]
