# CPU time of a run on ten bytes, ours against cmark's, in alternating runs; and of a one-article PDF.
runs=${RUNS:-200}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
printf 'ten bytes\n' >"$tmp/ten.md"
cpu() {   # user + system ms of $runs runs of "$@", by the shell's times
    sh -c 'i=0; while [ $i -lt '"$1"' ]; do '"$2"' >/dev/null 2>&1; i=$((i + 1)); done; times' | awk -v n="$1" 'NR == 2 { split($1, u, /[ms]/); split($2, s, /[ms]/); print ((u[1] + s[1]) * 60 + u[2] + s[2]) * 1000 / n }'
}
for round in 1 2 3; do
    ours=$(cpu "$runs" "$O/offprint -t markdown $tmp/ten.md")
    theirs=$(cpu "$runs" "cmark -t commonmark $tmp/ten.md")
    echo "start: offprint $ours ms, cmark $theirs ms, ratio $(echo "$ours $theirs" | awk '{ print $1 / $2 }')"
done
echo "one article to PDF: $(cpu 20 "$O/offprint samples/tide-mill.html -o $tmp/x.pdf") ms"
