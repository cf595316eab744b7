# Runs suites side by side and adds up what they say; sourced by script/test, proved by tests/guards/suites.sh.
# A suite is a program that ends with a line "N passed, N failed". All it says is kept in $logs/NAME.log and printed when it
# ends, so that suites do not talk into each other. One that fails without saying so, crashes, hangs or runs no test counts as
# one failed test. Needs $logs, a directory.

lanes=2
passed=0
failed=0
steps=()
names='' # of the tests that failed, for the end of the output: where it is cut, its end is kept
declare -A running=() began=() limits=()

end_suites() { # those that are still running
    local process
    for process in "${!running[@]}"; do kill -TERM "$process" 2>/dev/null || true; done
    for process in "${!running[@]}"; do wait "$process" || true; done
    running=()
}

# stage NAME COMMAND…: work before the tests, alone; when it fails there is nothing to test.
stage() {
    local name=$1 began=$SECONDS
    shift
    wait_for_suites
    echo "── $name"
    if ! "$@"; then
        echo "$name failed."
        echo "$passed passed, $((failed + 1)) failed"
        exit 1
    fi
    steps+=("$(printf '%-20s %5d s' "$name" $((SECONDS - began)))")
}

# suite NAME SECONDS PROGRAM…: starts it as soon as fewer than $lanes are running; it hangs when it takes longer than SECONDS.
suite() {
    local name=$1 limit=$2
    shift 2
    while [ "${#running[@]}" -ge "$lanes" ]; do end_one; done
    echo "── $name begins"
    run_limited "$limit" "$@" >"$logs/$name.log" 2>&1 </dev/null &
    running[$!]=$name
    began[$name]=$SECONDS
    limits[$name]=$limit
}

# In a shell of its own, because bash forgets a process that a signal ended before it was waited for.
run_limited() {
    local process code=0
    timeout --kill-after=60 "$@" &
    process=$!
    trap 'kill -TERM "$process"; wait "$process"; kill -KILL -- "-$process"; exit 143' TERM
    wait "$process" || code=$?
    # timeout made a process group. What the suite left behind would disturb the next one.
    kill -KILL -- "-$process" 2>/dev/null || true
    exit "$code"
}

end_one() {
    local process='' status=0
    wait -n -p process "${!running[@]}" || status=$?
    judge "${running[$process]}" "$status"
    unset "running[$process]"
}

judge() {
    local name=$1 status=$2 line good=0 bad=0 took
    took=$((SECONDS - began[$name]))
    echo "── $name, $took s"
    cat "$logs/$name.log"
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name.log" | tail -n 1 || true)
    if [ -n "$line" ]; then
        good=${line%% *}
        bad=${line#* passed, }
        bad=${bad%% *}
    fi
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        if [ "$took" -ge "${limits[$name]}" ]; then echo "$name did not end within ${limits[$name]} s."; fi
        echo "$name ended with code $status after $good tests: this counts as a failed test."
        bad=1
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -gt 0 ]; then
        names+=$(grep -oE '^(FAIL(ED)? +.*|\[  FAILED  \] .* \([0-9]+ ms\))$' "$logs/$name.log" | head -n 40 | sed "s/^/$name: /" || true)$'\n'
    fi
    steps+=("$(printf '%-20s %5d s  %5d passed  %3d failed' "$name" "$took" "$good" "$bad")")
}

wait_for_suites() {
    while [ "${#running[@]}" -gt 0 ]; do end_one; done
}

# The table of steps and the total; false when a test failed or none was run.
report() {
    wait_for_suites
    echo
    printf '%s' "$names"
    printf '%s\n' "${steps[@]}"
    printf '%-20s %5d s\n\n' total "$SECONDS"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

trap end_suites EXIT
trap 'exit 1' INT TERM
