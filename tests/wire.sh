# The filters in a shell pipeline give the same bytes as in one process, for every writer.
. tests/lib.sh
for in in samples/tide-mill.html samples/ferry-page.html samples/lighthouse-dump.txt; do
    from=html
    [ "${in##*.}" = txt ] && from=text
    # Whatever ran in the first process: nothing, metadata alone, or both.
    for first in "-f $from+page" "-f $from --cleanup=off" "-f $from"; do
        "$offprint" $first -t json "$in" | "$offprint" filter metadata | "$offprint" filter cleanup >"$work/piped.json"
        for to in $writers; do
            "$offprint" -s "$in" -t $to -o "$work/one"
            "$offprint" -s -f json -t $to "$work/piped.json" -o "$work/two" --resource-path samples
            check "wire: ${in##*/} $first to $to" cmp "$work/one" "$work/two"
        done
    done
done
exit $bad
