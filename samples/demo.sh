# Converts the samples into $O/demo and says what became of them.
cd "$(dirname "$0")" || exit 1
out=$(cd .. && mkdir -p "$O/demo" && cd "$O/demo" && pwd)
offprint=$(cd .. && cd "$O" && pwd)/offprint
say() { printf '%-58s %8d bytes\n' "$1" "$(wc -c <"$1")"; }

convert() { "$offprint" "$@" || exit 1; }
for f in tide-mill.html ferry-page.html lighthouse-dump.txt bread.md; do
    for format in md epub pdf; do
        convert -s "$f" -o "$out/${f%.*}.$format"
        say "$out/${f%.*}.$format"
    done
done
for format in md epub pdf; do
    convert ferry-page.html lighthouse-dump.txt tide-mill.html --title "Sallow, the week of 2 March" --toc -o "$out/briefing.$format"
    say "$out/briefing.$format"
done
