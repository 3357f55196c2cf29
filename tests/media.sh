# --extract-media: names, collisions, what lies there already, nothing outside of the folder.
. tests/lib.sh
cd "$work" || exit 1
mkdir -p in/a in/b in/page_files there
cat >make.py <<'PY'
import base64, struct, sys, zlib
def png(colour):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 20, 20, 8, 0, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(b"".join(bytes([0] + [(k * k * 7 + i * colour * 31) % 251 for k in range(20)]) for i in range(20)))) + \
        chunk(b"IEND", b"")
for i, name in enumerate(["in/a/mill.png", "in/b/mill.png", "in/b/MILL.PNG", "in/page_files/quay 1.png", "in/photo.php",
                          "in/..hidden.jpg", "secret.png", "there/mill.png"]):
    open(name, "wb").write(png(i))
data = "data:image/png;base64," + base64.b64encode(png(9)).decode()
open("in/page.html", "w").write("".join(f'<p><img src="{u}" alt="{i}"></p>\n' for i, u in enumerate([
    "a/mill.png", "b/mill.png", "b/MILL.PNG", "a/mill.png", "page_files/quay%201.png?v=2", "photo.php", "..hidden.jpg",
    data, data, "../secret.png", "/etc/passwd", "https://example.org/far.png"])))
PY
python3 make.py

refers() { grep -cF "src=\"$2" "$1" | grep -qx "$3" || { cat "$1"; false; }; }
convert() { "$offprint" -q --cleanup=off in/page.html "$@"; }
# the hashes in the names are not written here
short() { for f in "$1"/*; do echo "${f##*/}"; done | sed -E 's/-[0-9a-f]{16}/-H/; s/^[0-9a-f]{16}/H/' | sort | tr '\n' ' '; }
has() { [ "$(short "$1")" = "$2" ] || { short "$1"; false; }; }

check 'media: converts' convert -t html --extract-media=out/img -o out.html
check 'media: names' has out/img 'H.png MILL-H.png hidden.png mill-H.png mill.png photo.php.png quay-1.png '
check 'media: references' refers out.html out/img/ 9
check 'media: others stay' refers out.html https://example.org/far.png 1
check 'media: nothing of outside' sh -c '! grep -rq . out/img/secret.png out/img/passwd 2>/dev/null'
check 'media: bytes' cmp in/b/mill.png out/img/mill-*.png
mkdir -p deep/er
check 'media: beside the output' convert -t html --extract-media=deep/img -o deep/er/page.html
check 'media: seen from the output' refers deep/er/page.html ../img/mill.png 2
cp there/mill.png kept.png
check 'media: where something lies' convert -t html --extract-media=there -o there/page.html
check 'media: that stays' cmp kept.png there/mill.png
check 'media: and is not referred to' sh -c '! grep -qF "src=\"mill.png" there/page.html'
cp there/page.html first.html
check 'media: again' convert -t html --extract-media=there -o there/page.html
check 'media: the same again' cmp first.html there/page.html
check 'media: of a book' convert -t epub --extract-media=out/img -o out.epub
check 'media: a failure leaves nothing' sh -c '! "$0" -q --cleanup=off in/page.html --strict-resources -t html --extract-media=none -o none.html && [ ! -e none ]' "$offprint"
check 'media: no folder' sh -c '"$0" -q in/page.html -t html --extract-media=kept.png/img 2>&1 | grep -q "kept.png"' "$offprint"
exit $bad
