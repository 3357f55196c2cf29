# hostile.sh FOLDER: every file of a folder of hostile inputs to Markdown, EPUB and PDF: within 10 s, with a documented
# status, without a sanitizer's report.
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
statuses=" $("$O/offprint" --list-exit-codes | awk '{ printf "%s ", $1 }')"
bad=0 good=0
for f in $(find "$1" -type f | sort); do
    case $f in
    *.htm*) from=html ;; *.txt) from=text ;; *.md) from=markdown ;; *.json) from=json ;; *) continue ;;
    esac
    for to in markdown epub pdf; do
        timeout "${LIMIT:-10}" "$O/offprint" -q -f $from "$f" -t $to -o "$out/x" 2>"$out/err"
        rc=$?
        if grep -qE 'Sanitizer|runtime error' "$out/err" || case $statuses in *" $rc "*) false ;; esac; then
            echo "not ok $f to $to: status $rc"
            grep -E 'Sanitizer|runtime error|#[0-4] ' "$out/err" | head -8
            bad=$((bad + 1))
        else
            good=$((good + 1))
        fi
    done
done
echo "$good passed, $bad failed"
[ $bad -eq 0 ]
