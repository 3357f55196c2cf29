# The filters in a shell pipeline give the same bytes as in one process, for every writer.
. tests/lib.sh
for in in samples/tide-mill.html samples/ferry-page.html samples/lighthouse-dump.txt; do
    from=html
    [ "${in##*.}" = txt ] && from=text
    "$offprint" -f $from+page -t json "$in" -o "$work/raw.json"
    "$offprint" filter metadata <"$work/raw.json" | "$offprint" filter cleanup >"$work/piped.json"
    for to in $writers; do
        "$offprint" -s "$in" -t $to -o "$work/one"
        "$offprint" -s -f json -t $to "$work/piped.json" -o "$work/two" --resource-path samples
        check "wire: ${in##*/} to $to" cmp "$work/one" "$work/two"
    done
done
exit $bad
