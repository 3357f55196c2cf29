# --each: an output for each input, the same as alone; names; nothing written over; lists of inputs.
. tests/lib.sh
cp $samples "$work" && cd "$work" || exit 1
o=$offprint
mkdir other && cp bread.md other
list="bread.md ferry-page.html lighthouse-dump.txt tide-mill.html"
says() { "$@" 2>&1; echo "exit $?"; }
refuses() {
    want=$1
    shift
    says "$@" >told
    grep -qF -- "$want" told && grep -qx 'exit 6' told || { cat told; return 1; }
}

check 'each: in a folder that is made' "$o" --each -t epub --output-dir deep/out $list
same() { for f in $list; do "$o" "$f" -o one.epub && cmp one.epub "deep/out/${f%.*}.epub" || return 1; done; }
check 'each: an output is what the input alone gives' same
check 'each: beside the input, by the ending in --name' sh -c "'$o' --each --name '{n}.{stem}.html' bread.md other/bread.md && test -s 1.bread.html -a -s other/2.bread.html"
check 'each: the ending of a dialect' sh -c "'$o' --each -t gfm --output-dir gfm tide-mill.html && test -s gfm/tide-mill.md"
check 'each: lines of NDJSON' sh -c "'$o' -t ndjson $list >all.ndjson && '$o' --each --output-dir lines all.ndjson bread.md && ls lines | tr '\n' ' ' | grep -x 'all-1.md all-2.md all-3.md all-4.md bread.md '"
check 'each: metadata of one and of all' sh -c "'$o' --each -s -M lang=nl -M 2:title=Brood --output-dir meta tide-mill.html bread.md &&
    grep -x 'lang: nl' meta/tide-mill.md && grep -x 'title: Brood' meta/bread.md && ! grep Brood meta/tide-mill.md"
check 'each: standard input with a name' sh -c "'$o' --each -f markdown --name in.html <bread.md && test -s in.html"

check 'each: lists' sh -c "printf 'tide-mill.html\r\n\nbread.md\n' >list && '$o' --each --output-dir listed --files-from list && test -s listed/tide-mill.md -a -s listed/bread.md"
check 'each: lists that find writes' sh -c "find other -name '*.md' -print0 | '$o' --each -t plain --output-dir found --files0-from - && test -s found/bread.txt"
check 'a list of inputs of a book' sh -c "'$o' --files-from list -t plain >book && '$o' tide-mill.html bread.md -t plain | cmp - book"
check 'an empty list' refuses 'names no input' "$o" --files-from /dev/null -t html

unchanged() {
    touch -d 2026-01-02 bread.md && "$o" --each --output-dir new bread.md tide-mill.html && touch -d 2026-01-03 new/bread.md
    "$o" --each --if-newer --output-dir new bread.md || return 1
    [ "$(date -r new/bread.md +%m%d)" = 0103 ] && touch -d 2026-01-04 bread.md && "$o" --each --if-newer --output-dir new bread.md &&
        [ "$(date -r new/bread.md +%m%d)" != 0103 ]
}
check 'each: --if-newer leaves what is up to date' unchanged

untouched() {
    cp tide-mill.html before
    refuses 'tide-mill.html would be written over' "$o" --each -t html tide-mill.html && cmp before tide-mill.html
}
check 'each: never over an input' untouched
check 'each: never two to one' refuses 'bread.md and other/bread.md would both become x/bread.html' "$o" --each -t html --output-dir x bread.md other/bread.md
check 'each: nothing is begun then' test ! -e x
check 'each: not with -o' refuses 'not -o' "$o" --each -o x.md bread.md
check 'each: no such field' refuses 'there is {stem}, {n} and {ext}' "$o" --each --name '{title}.md' bread.md
check 'each: standard input has no stem' refuses 'has no name for {stem}' "$o" --each -f html -
check 'each: no filters of books' refuses 'whole books' "$o" --each -F dedup -t html bread.md
check 'each: options that need it' refuses 'go with --each' "$o" --output-dir x bread.md

partly() { says "$o" --each --output-dir part none.html bread.md >told; grep -q 'none.html: warning: left out' told && grep -qx 'exit 10' told && test -s part/bread.md; }
check 'each: what fails is left out' partly
check 'each: unless the first is to end it' sh -c "'$o' --each --fail-fast --output-dir fast none.html bread.md; test \$? -eq 1 -a ! -e fast/bread.md"
check 'each: a missing image fails its own' sh -c "printf '![a](none.png)\n' >lost.md; '$o' --each --strict-resources -t epub --output-dir strict lost.md bread.md; test \$? -eq 10 -a -s strict/bread.epub -a ! -e strict/lost.epub"
exit $bad
