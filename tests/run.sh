# Runs every test of the build in $O.  Unit tests are cmocka programs; the other scripts beside this one print
# a line for each case, "ok NAME", "not ok NAME" or "skip NAME".  Closes with "N passed, N failed".
passed=0 failed=0 skipped=0
log=$O/tests/log
export O=$(cd "$O" && pwd)

count() { grep -c "$1" "$log"; }

for t in "$O"/tests/*; do
    [ -f "$t" ] && [ -x "$t" ] && [ "${t%.so}" = "$t" ] || continue
    timeout 600 "$t" >"$log" 2>&1
    rc=$?
    passed=$((passed + $(count '^\[       OK \]')))
    if [ $rc -ne 0 ]; then
        bad=$(grep -c '^\[  FAILED  \] [a-z]' "$log")
        failed=$((failed + (bad > 1 ? bad / 2 : 1)))
        echo "FAILED ${t##*/} (status $rc)"
        grep -v '^\[ *\(RUN\|OK\) *\]' "$log" | head -40
    fi
done
for s in tests/*.sh; do
    case $s in */run.sh | */lib.sh) continue ;; esac
    timeout 1500 sh "$s" >"$log" 2>&1
    rc=$?
    passed=$((passed + $(count '^ok ')))
    skipped=$((skipped + $(count '^skip ')))
    bad=$(count '^not ok ')
    [ $rc -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    failed=$((failed + bad))
    [ "$bad" -gt 0 ] && { echo "FAILED $s (status $rc)"; grep -v '^ok ' "$log" | head -60; }
    grep '^skip ' "$log"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
