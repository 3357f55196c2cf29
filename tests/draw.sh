# SVG in a PDF: it is drawn, alike each time, by a program that reads nothing but what it is given and that ends in time;
# where that is not there or fails, a box and a warning stand for the picture.
. tests/lib.sh
draw=$O/modules/draw-svg
cp -R tests/draw/. "$work"
cd "$work" || exit 1

# has_colours FILE.pdf RRGGBB...: each of them is on its pages; lacks_colours: none is
colours() { pdftoppm -r 40 "$1" | python3 -c '
import re, sys
data, seen = sys.stdin.buffer.read(), set()
while page := re.match(rb"P6\s(\d+)\s(\d+)\s\d+\s", data):
    end = page.end() + int(page[1]) * int(page[2]) * 3
    seen |= {data[i:i + 3].hex() for i in range(page.end(), end, 3)}
    data = data[end:]
print(*seen)'; }
has_colours() {
    seen=$(colours "$1")
    shift
    for c; do case " $seen " in *" $c "*) ;; *) echo "no $c"; return 1 ;; esac; done
}
lacks_colours() {
    seen=$(colours "$1")
    shift
    for c; do case " $seen " in *" $c "*) echo "$c is there"; return 1 ;; esac; done
}
# red FILE.svg: how many pixels of it are red and opaque
red() { "$draw" 40 40 <"$1" | python3 -c '
import sys
data = sys.stdin.buffer.read()
print(sum(data[i:i + 4] == b"\xff\0\0\xff" for i in range(0, len(data), 4)))'; }
same() { "$@" -o one.pdf && env TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 LANG=ja_JP.UTF-8 HOME=/ "$@" -o two.pdf && cmp one.pdf two.pdf; }
says() { wanted=$1; shift; "$@" 2>said.err; rc=$?; grep -qF "$wanted" said.err && return $rc; cat said.err; return 1; }

check 'draw: converts' "$offprint" all.html -o all.pdf
if have pdftoppm; then
    check 'draw: what files, references and the page hold is there' has_colours all.pdf d01020 10a030 2040e0 e0a000
    pdfimages -list all.pdf | awk '$3 == "image" { print $4 "x" $5 "-" $11 }' | sort -u >sizes
    check 'draw: an object for each size' grep -qx '5' <<EOF
$(wc -l <sizes)
EOF
    check 'draw: no more than four million pixels' awk -F '[x-]' '$1 * $2 > 4002000 { exit 1 }' sizes
else
    echo 'skip draw: poppler is not here'
fi
check 'draw: elsewhere the same bytes' same "$offprint" all.html
check 'draw: valid' qpdf --check all.pdf

# nothing is read: the same drawing is red where it holds all itself
check 'draw: red can be seen' test "$(red red.svg)" -eq 1600
for f in file-*.svg; do
    check "draw: $f reads nothing" test "$(red "$f")" -eq 0
done
check 'draw: files are not in the PDF' "$offprint" -q files.html -o files.pdf
have pdftoppm && check 'draw: nor their colours' lacks_colours files.pdf ff0000

bombs() { timeout 30 "$offprint" bombs.html -o bombs.pdf; }
check 'draw: bombs end' says 'takes too long to draw' bombs
check 'draw: a heap of them, too' grep -qF 'others took too long' said.err

# a copy of the program in which nothing draws
mkdir -p home/modules && cp "$O"/liboffprint.so "$O"/offprint home && cp "$O"/modules/*.so home/modules
for f in filters hyph; do [ -e "$O/$f" ] && ln -s "$O/$f" home; done
check 'draw: without its program a warning' says 'the program that draws it is missing' home/offprint all.html -o none.pdf
check 'draw: and a PDF' qpdf --check none.pdf
printf '#!/bin/sh\nexit 127\n' >home/modules/draw-svg && chmod +x home/modules/draw-svg
check 'draw: likewise without the libraries of that' says 'the program that draws it is missing' home/offprint all.html -o none.pdf
check 'draw: no library of its own in the others' sh -c '! ldd "$1"/liboffprint.so "$1"/modules/*.so | grep -E "rsvg|cairo"' sh "$O"
exit $bad
