# Every example of README and of the manual runs as it is written, in a folder with inputs of the names it uses, and leaves
# something in each file it writes.  curl is the one program that is not real: it prints a page.
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
root=$(pwd)
for need in pandoc jq; do
    have $need || { echo "skip examples: no $need"; exit 0; }
done

mkdir "$work/bin"
ln -s "$offprint" "$work/bin/offprint"
printf '#!/bin/sh\ncat "%s/samples/ferry-page.html"\n' "$root" >"$work/bin/curl"
chmod +x "$work/bin/curl"
export PATH="$work/bin:$PATH" URL=https://sallow.example/news/ferry
pandoc -f markdown -t docx samples/bread.md -o "$work/memo.docx" || exit 1

"$offprint" samples/bread.md -o "$work/book.epub" || exit 1

# example LINE: its last command's words must come out, in the file named by -o or on standard output
example() {
    rm -rf "$work/here" && mkdir "$work/here" && cd "$work/here" || return 1
    cp "$root/samples/ferry-page.html" page.html
    cp "$root/samples/tide-mill.html" article.html
    cp "$root/samples/lighthouse-dump.txt" dump.txt
    cp "$work/memo.docx" "$work/book.epub" .
    bash -o pipefail -c "$1" >shown || return 1
    out=$(printf '%s\n' "$1" | sed -n 's/.* -o \([^ ]*\).*/\1/p')
    case $1 in *--output-dir*) out=$(ls -d books/*.epub | head -n 1) ;; esac
    test -s "${out:-shown}"
}

{
    sed -n '/^## What people do/,$s/^    \(.*\)/\1/p' README.md | sed 's/  *#.*//'
    sed -n '/^\.Sh EXAMPLES/,/^\.Sh DIAGNOSTICS/s/^\.Dl //p' man/offprint.1 | sed "s/\\\\(dq/\"/g; s/\\\\(aq/'/g"
} >"$work/examples"
while read -r line; do
    check "example: $line" example "$line" </dev/null
    cd "$root" || exit 1
done <"$work/examples"
[ "$(wc -l <"$work/examples")" -gt 10 ] || { echo "not ok examples: not found"; bad=1; }
exit $bad
