# Same input, same bytes: another folder, locale and time zone change nothing, for every writer.
. tests/lib.sh
mkdir -p "$work/elsewhere/deep"
cp -R samples/. "$work/elsewhere/deep"
here=$(pwd)
for to in $writers; do
    "$offprint" -s $samples --title Pack --toc -t $to -o "$work/one"
    (cd "$work/elsewhere/deep" && TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 HOME=/ \
        "$offprint" -s $(echo "$samples" | sed 's#samples/##g') --title Pack --toc -t $to -o "$work/two")
    check "repeat: pack to $to" cmp "$work/one" "$work/two"
done
exit $bad
