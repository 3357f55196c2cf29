# Whole jobs in which each allocation and each write fails once: a documented status, a message, no crash, and an older
# output that survives.  Long jobs are sampled: every k-th failure, so that each job runs about $FAULT_RUNS times.
. tests/lib.sh
[ "$SAN" ] && { echo "skip fault: the sanitizer has its own allocator"; exit 0; }
runs=${FAULT_RUNS:-60}
statuses=" $("$offprint" --list-exit-codes | awk '{ printf "%s ", $1 }')"

# fault KIND N: the job $job with the N-th of KIND failing
fault() {
    echo old >"$work/out"
    timeout 20 env FAIL_"$1"="$2" LD_PRELOAD="$O/tests/faults.so" "$offprint" $job $to >/dev/null 2>"$work/said.err"
    rc=$?
    case $statuses in *" $rc "*) ;; *) echo "$1 $2: status $rc"; cat "$work/said.err"; return 1 ;; esac
    [ $rc -eq 0 ] && return 0
    [ -s "$work/said.err" ] || { echo "$1 $2: status $rc without a message"; return 1; }
    [ "$(cat "$work/out")" = old ] || { echo "$1 $2: the old output is gone"; return 1; }
}

all_faults() {
    rm -f "$work/count"
    case $job in --each*) to="--output-dir=$work --name=out" ;; *) to="-o $work/out" ;; esac
    env FAIL_COUNT="$work/count" LD_PRELOAD="$O/tests/faults.so" "$offprint" $job $to || return 1
    read -r allocs writes <"$work/count"
    n=1
    while [ $n -le "$allocs" ]; do
        fault ALLOC $n || return 1
        n=$((n + 1 + (n > 20 ? allocs / runs : 0)))
    done
    n=1
    while [ $n -le "$writes" ]; do
        fault WRITE $n || return 1
        n=$((n + 1))
    done
    [ -z "$(find "$work" -name 'out.*')" ]
}

"$offprint" -q -f markdown samples/bread.md -o "$work/book.epub"
for job in "$work/book.epub -t epub" "samples/tide-mill.html -t markdown" "samples/lighthouse-dump.txt -t plain" "samples/bread.md -t json" \
           "samples/ferry-page.html -t html" "tests/golden/html-out-math/in -f markdown -t html" \
           "samples/tide-mill.html -t html --extract-media=$work/media" "samples/tide-mill.html -t epub" \
           "samples/tide-mill.html -t pdf" "-f markdown tests/golden/pdf-formulas/in -t pdf" \
           "-f markdown tests/golden/plain-formulas/in -t plain --toc" "-f markdown tests/golden/title-formulas/in -t epub" \
           "-f html tests/golden/html-drawings/in -t epub" "tests/draw/all.html -t pdf" \
           "-f html tests/golden/cleanup-typed-lists/in -t json" "--each samples/bread.md -t gfm"; do
    check "faults in $job" all_faults
done
exit $bad
