# corpora.sh CORPUS...: every page (html/*.html.gz of each folder) to Markdown, EPUB and PDF: status 0, at most 5 s.
# O is the build to use; JOBS how many at once; with EVERY=N only each N-th page.
export O OUT
[ "$1" = --one ] || OUT=$(mktemp -d)
[ "$1" = --one ] || trap 'rm -rf "$OUT"' EXIT
one() {
    page=$OUT/$(basename "$1" .gz)
    gzip -dc "$1" >"$page"
    for to in markdown epub pdf; do
        timeout "${LIMIT:-5}" "$O/offprint" -q -f html "$page" -o "$page.$to" -t $to 2>"$page.err"
        rc=$?
        [ $rc -eq 0 ] && echo "ok" || { echo "not ok $1 to $to: status $rc"; tail -5 "$page.err"; }
        rm -f "$page.$to"
    done
    rm -f "$page" "$page.err"
}
if [ "$1" = --one ]; then
    OUT=$2 one "$3"
    exit
fi
for corpus; do find "$corpus" -name '*.html.gz'; done | sort | awk -v n="${EVERY:-1}" 'NR % n == 0' |
    xargs -P "${JOBS:-2}" -n 1 sh "$0" --one "$OUT" >"$OUT/log"
grep -v '^ok' "$OUT/log"
echo "$(grep -c '^ok' "$OUT/log") passed, $(grep -c '^not ok' "$OUT/log") failed"
! grep -q '^not ok' "$OUT/log"
