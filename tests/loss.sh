# The account of what cleanup dropped adds up: words in are those kept and those dropped, and the dropped ones are the
# sum over the listed blocks.
. tests/lib.sh
adds_up() {
    "$offprint" -q -t plain -o /dev/null --explain="$work/why" "$1" &&
        awk 'NR == 1 { n = NF; while (n && $n != "words,") n--; all = $(n - 1); kept = $(n + 1); lost = $(n + 3); next }
             NR > 2 { sum += $1 }
             END { exit !(all == kept + lost && sum == lost) }' "$work/why"
}
for f in samples/ferry-page.html samples/tide-mill.html samples/lighthouse-dump.txt; do
    check "loss: ${f#samples/} adds up" adds_up "$f"
done
exit $bad
