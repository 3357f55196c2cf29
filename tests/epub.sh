# EPUBs read: every broken or hostile one ends with its documented status and a line that says why, nothing leads out of the
# archive, and what was written as EPUB comes back with its words.
. tests/lib.sh
pack=$PWD/tests/epub/pack.py here=$PWD
o=$offprint py="/usr/bin/python3 -SE"
cd "$work" || exit 1

# book NAME: the EPUB that standard input describes
book() { cat >"$1.txt" && $py "$pack" "$1.txt" "$1.epub"; }
# status NAME WANTED TEXT COMMAND...
status() {
    name=$1 want=$2 text=$3
    shift 3
    timeout 20 "$@" >said.out 2>said.err
    rc=$?
    if [ $rc -eq "$want" ] && [ "$(wc -l <said.err)" -le 3 ] && { [ -z "$text" ] || grep -qF -- "$text" said.err; }; then
        echo "ok epub: $name"
    else
        echo "not ok epub: $name: got $rc"
        head -5 said.err
        bad=1
    fi
}
reads() { status "$1" "$2" "$3" "$o" "$4" -t plain -o out.txt; }

opf='<package version="3.0"><metadata><title>T</title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
text='<html><body><p>Some words of a book.</p></body></html>'
book good <<END
=== OEBPS/book.opf
$opf
=== OEBPS/a.xhtml
$text
END
reads 'a book' 0 '' good.epub
check 'epub: its words' grep -qx 'Some words of a book.' out.txt
check 'epub: from standard input' sh -c "'$o' -t plain <good.epub | grep -qx 'Some words of a book.'"
check 'epub: inspect' sh -c "'$o' inspect good.epub | grep -q 'title  *T  (dc:title, 90 %)'"
cp good.epub good.bin
check 'epub: whatever it is called' sh -c "'$o' good.bin -t plain | grep -qx 'Some words of a book.'"

book single <<END
=== OEBPS/book.opf
$(echo "$opf" | sed 's,media-type,properties="nav" &,; s,</package>,<guide><reference type="toc" href="a.xhtml#toc"/></guide>&,')
=== OEBPS/a.xhtml
<html><body><section class="titlepage" epub:type="titlepage"><h1>T</h1></section><nav epub:type="toc" id="toc"><ol><li><a href="#x">Part</a></li></ol></nav><p id="x">All in one file.</p></body></html>
END
check 'epub: a book in its contents' sh -c "'$o' single.epub -t plain | tr '\n' ' ' | grep -qx 'T  All in one file. '"

# ---- what is no archive, or a damaged one
echo 'no archive at all' >text.epub
reads 'no archive' 64 'text.epub: no EPUB: this is no ZIP archive' text.epub
head -c 300 good.epub >half.epub
reads 'half an archive' 64 'no EPUB' half.epub
: >empty.epub
status 'an empty file' 0 '[input-empty]' "$o" empty.epub -t plain
$py - <<'END'
import zipfile, struct
data = bytearray(open("good.epub", "rb").read())
at = data.find(b"OEBPS/a.xhtml") + len("OEBPS/a.xhtml")
data[at + 5] ^= 255
open("bits.epub", "wb").write(data)
with zipfile.ZipFile("many.epub", "w") as z:
    for i in range(65540): z.writestr("f%d" % i, "")
data = bytearray(open("good.epub", "rb").read())
i = data.find(b"PK\1\2")
while i >= 0:
    data[i + 8] |= 1
    data[struct.unpack("<I", data[i + 42:i + 46])[0] + 6] |= 1
    i = data.find(b"PK\1\2", i + 1)
open("password.epub", "wb").write(data)
END
reads 'flipped bits' 44 "'OEBPS/a.xhtml' is damaged" bits.epub
reads 'too many files' 12 'more than 65535 files' many.epub
reads 'a password' 4 'encrypted with a password' password.epub

# ---- missing and malformed parts
zip -q bare.epub good.txt
reads 'no container' 44 "it has no 'META-INF/container.xml'" bare.epub
book noopf </dev/null
reads 'no package document' 44 "it has no 'OEBPS/book.opf'" noopf.epub
for case in 'empty  ' 'other <a/>' 'out <container><rootfiles><rootfile full-path="../../etc/passwd"/></rootfiles></container>'; do
    printf '=== META-INF/container.xml\n%s\n' "${case#* }" | book container
    reads "container: ${case%% *}" 44 'META-INF/container.xml' container.epub
done
printf '=== OEBPS/book.opf\n<package>\n<metadata>\n</package>\n' | book badopf
reads 'malformed package document' 44 'OEBPS/book.opf, line 3: mismatched tag' badopf.epub
printf '=== OEBPS/book.opf\n<package/>\n' | book nospine
reads 'no spine' 44 'names no text' nospine.epub
printf '=== OEBPS/book.opf\n%s\n' "$opf" | book notext
reads 'no text' 44 'names no text' notext.epub
printf '=== OEBPS/book.opf\n%s\n=== OEBPS/a.xhtml  base64\nf0VMRgIBAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n' "$opf" | book binary
reads 'binary text' 44 "'OEBPS/a.xhtml' is no text" binary.epub
book drm <<END
=== META-INF/encryption.xml
<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/font.otf"/></CipherData></EncryptedData>
<EncryptedData><CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>
=== OEBPS/book.opf
$opf
=== OEBPS/a.xhtml
$text
END
reads 'encrypted text' 4 "'OEBPS/a.xhtml' is encrypted (DRM)" drm.epub
sed '/EncryptedData><CipherData><CipherReference URI="OEBPS.a.xhtml/d; s/font.otf"\/>.*/&<\/encryption>/' drm.txt | book font
reads 'an obfuscated font' 0 '' font.epub

# ---- made to harm
printf '=== OEBPS/book.opf\n%s\n=== OEBPS/a.xhtml  x500000\n<p>The same again and again, to fill memory.</p>\n' "$opf" | book bomb
reads 'a bomb' 12 'hundreds of times its size' bomb.epub
printf '=== OEBPS/book.opf\n%s\n=== OEBPS/a.xhtml  x1800000\n<p>The same again and again, to fill memory.</p>\n' "$opf" | book large
reads 'a document too large' 12 "'OEBPS/a.xhtml' is too large" large.epub
$py - <<'END' >laughs.in
print('=== OEBPS/book.opf\n<!DOCTYPE p [<!ENTITY e0 "ha">')
for i in range(1, 40): print('<!ENTITY e%d "%s">' % (i, ('&e%d;' % (i - 1)) * 10))
print(']><package><metadata><title>&e39;</title></metadata></package>')
END
book laughs <laughs.in
reads 'a billion laughs' 44 'OEBPS/book.opf, line' laughs.epub
printf '=== OEBPS/book.opf\n<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n%s\n=== OEBPS/a.xhtml\n%s\n' "$(echo "$opf" | sed 's/>T</>T\&e;</')" "$text" | book external
reads 'an external entity' 0 '' external.epub
check 'epub: an external entity is not read' sh -c "'$o' inspect external.epub | grep -q 'title  *T  ('"
$py -c "print('=== OEBPS/book.opf\n' + '<a>' * 100000)" | book deep
reads 'a deep package document' 44 'nested too deep' deep.epub
{ printf '=== OEBPS/book.opf\n%s\n=== OEBPS/a.xhtml\n' "$opf"; $py -c "print('<div>' * 100000 + 'deep')"; } | book deeptext
check 'epub: deep text' sh -c "'$o' -q deeptext.epub -t plain | grep -qx deep"
$py - <<'END' >counts.in
print('=== OEBPS/book.opf\n<package><manifest>')
print('<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>' * 50000)
print('</manifest><spine>' + '<itemref idref="a"/>' * 200000 + '</spine><guide>' + '<reference type="text" href="a.xhtml"/>' * 20000 + '</guide></package>')
print('=== OEBPS/a.xhtml\n<html><body>' + '<p id="x">Some words <a href="a.xhtml#x">here</a>' * 20000)
END
book counts <counts.in
check 'epub: huge counts' sh -c "'$o' -q counts.epub -t plain | grep -c 'Some words' | grep -qx 20000"
mkdir -p secret/in && cp good.txt secret/in && echo hidden >secret/outside.png
printf '=== OEBPS/book.opf\n%s\n=== OEBPS/a.xhtml\n<p><img src="../../../outside.png" alt="one"/><img src="../../outside.png" alt="two"/><img src="/outside.png" alt="three"/></p>\n' "$opf" | book secret/in/out
check 'epub: nothing outside of the archive is read' sh -c "'$o' -q secret/in/out.epub -t markdown | grep -qx onetwothree"

# ---- what was written comes back
words() { "$o" -q "$@" -t plain | tr -cs '[:alnum:]' '\n' | sort; }
for s in $samples; do
    s=$here/$s name=${s##*/}
    "$o" -q "$s" -o one.epub && "$o" -q one.epub -o two.epub && "$o" -q two.epub -o three.epub
    check "epub: $name twice the same" cmp two.epub three.epub
    "$o" -q one.epub -t dump | sed 's/"data:[^"]*"//' >one.dump
    "$o" -q two.epub -t dump | sed 's/"data:[^"]*"//' >two.dump
    check "epub: $name the same document" cmp one.dump two.dump
    words "$s" >in.words
    words one.epub >out.words
    check "epub: $name loses no word" test -z "$(comm -23 in.words out.words)"
done
check 'epub: a pack is the same' sh -c "'$o' -q '$here/samples/tide-mill.html' '$here/samples/ferry-page.html' -o pack.epub && '$o' -q pack.epub -t epub | cmp - pack.epub"
check 'epub: books are bound by their articles' sh -c "'$o' -q -M 2:title=Other pack.epub one.epub -t dump | grep -o '^  Div #article-[0-9]* .article title=\"[^\"]*' | sed 's/.*=.//' | tr '\n' '|' | grep -qx 'The Mill That Waits for the Moon|.*|Other|'"
check 'epub: pictures are extracted' sh -c "'$o' -q pack.epub -t markdown -o pack.md --extract-media=pictures && ls pictures/*.jpg && ! grep -q data: pack.md"
exit $bad
