# pandoc reads our JSON, and its own comes back through us unchanged.
. tests/lib.sh
have pandoc || { echo "skip pandoc: not installed"; exit 0; }
for in in $samples; do
    "$offprint" "$in" -t json -o "$work/ours.json"
    check "pandoc reads ${in##*/}" pandoc -f json -t native "$work/ours.json" -o "$work/ours.native"
done
for in in $samples tests/pandoc/*; do
    from=markdown
    case $in in *.html) from=html ;; *.txt) continue ;; esac
    pandoc -f $from -t json "$in" -o "$work/theirs.json"
    pandoc -f json -t native "$work/theirs.json" -o "$work/theirs.native"
    "$offprint" -f json -t json "$work/theirs.json" | pandoc -f json -t native -o "$work/back.native"
    check "pandoc round trip: ${in##*/}" diff "$work/theirs.native" "$work/back.native"
done
exit $bad
