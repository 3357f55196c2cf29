# The manual against the program: every option, format, exit status, diagnostic, page size and filter option is there,
# nothing else is, and mandoc has no complaint.
cd "$(dirname "$0")/.." || exit 1
offprint=$O/offprint
page=man/offprint.1
bad=0
complain() { echo "not ok man: $1"; bad=1; }

# the names of options, as the program and as the manual have them
"$offprint" --help | sed -n 's/^ *\(-[A-Za-z], \)\{0,1\}--\(\[no-\]\)\{0,1\}\([a-z-]*\).*/\3/p' | sort -u >"$O/tests/man.has"
sed -n 's/^\.It Fl \([A-Za-z] , \)\{0,1\}-\([a-z-]*\).*/\2/p' $page | sed 's/^no-\(hyphenate\|tags\)$/\1/' | sort -u >"$O/tests/man.says"
diff "$O/tests/man.has" "$O/tests/man.says" >"$O/tests/man.diff" || complain "options: $(tr '\n' ' ' <"$O/tests/man.diff")"
for l in $("$offprint" --help | sed -n 's/^ *-\([A-Za-z]\), --\([a-z-]*\).*/\1:\2/p'); do
    grep -q "^\.It Fl ${l%%:*} , -${l#*:}" $page || complain "-${l%%:*} of --${l#*:}"
done

# every status with its meaning; two rows may share a status
"$offprint" --list-exit-codes | while read -r status meaning; do
    meaning=${meaning%, with --*}
    sed -n "/^\.It $status\$/,/^\.It/p" $page | grep -qF "$meaning" || echo "$status: $meaning"
done >"$O/tests/man.diff"
[ -s "$O/tests/man.diff" ] && complain "exit statuses: $(cat "$O/tests/man.diff")"
for n in $(sed -n 's/^\.It \([0-9][0-9]*\)$/\1/p' $page); do
    "$offprint" --list-exit-codes | grep -q "^ *$n " || complain "status $n is no more"
done

{ "$offprint" --list-input-formats; "$offprint" --list-output-formats; } | awk '{ print $1 }' | sort -u | while read -r f; do
    grep -q "^\.It Cm $f\$" $page || echo "$f"
done >"$O/tests/man.diff"
[ -s "$O/tests/man.diff" ] && complain "formats: $(cat "$O/tests/man.diff")"
"$offprint" help diagnostics | while read -r code meaning; do
    grep -A1 "^\.It Li $code\$" $page | grep -qF "$meaning" || echo "$code"
done >"$O/tests/man.diff"
[ -s "$O/tests/man.diff" ] && complain "diagnostics: $(cat "$O/tests/man.diff")"

"$offprint" --list-filters | sed -n 's/^    \([a-z-]*\)=.*/Cm \1/p; s/^\([a-z-]*\)  .*/Cm \1/p' | while read -r f; do
    grep -q "^\.It $f" man/offprint-filter.7 || echo "$f"
done >"$O/tests/man.diff"
[ -s "$O/tests/man.diff" ] && complain "filters and their options: $(cat "$O/tests/man.diff")"

if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning man/*.[0-9] >"$O/tests/man.diff" 2>&1 || complain "$(cat "$O/tests/man.diff")"
else
    echo "skip man: no mandoc"
fi
[ $bad -eq 0 ] && echo "ok man"
exit $bad
