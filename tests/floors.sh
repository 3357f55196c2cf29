# Who may include whom: a file includes its own floor and lower ones, read and write never each other, filters only the
# public headers, and a library's header stays in the files named for it.
cd "$(dirname "$0")/.." || exit 1
bad=0
floor() {
    case $1 in
    offprint) echo 0 ;; base) echo 1 ;; model) echo 2 ;; res) echo 3 ;; doctools) echo 4 ;; read | write) echo 5 ;;
    filter) echo 6 ;; cli) echo 7 ;; *) echo 9 ;;
    esac
}
complain() { echo "not ok floors: $1"; bad=1; }

for f in $(find src -name '*.[ch]' | sort); do
    own=${f#src/}
    case $own in */*) own=${own%%/*} ;; format.*) own=res ;; *) own=filter ;; esac
    for inc in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$f" | sort -u); do
        [ "$(floor "$inc")" -le "$(floor "$own")" ] || complain "$f includes $inc/"
        [ "$own$inc" = readwrite ] || [ "$own$inc" = writeread ] && complain "$f includes $inc/"
    done
done
for f in $(find filters -name '*.[ch]'); do
    grep -n '^#include "[a-z]*/' "$f" | grep -v '"offprint/' && complain "$f looks behind the public headers"
done

# header pattern, then the files that may include it
while read -r header files; do
    for f in $(grep -rlE "^#include <$header" src filters 2>/dev/null); do
        echo "$f" | grep -qE "^($files)" || complain "$f includes <$header"
    done
done <<'TABLE'
cmark.h src/(doctools/cmark_mem|read/markdown|write/markdown)
yajl src/base/json.c
yaml.h src/doctools/yaml/
utf8proc.h src/base/utf8.c
zip.h (src/write/epub/pack.c|src/read/epub/archive.c)
expat.h src/read/epub/xml.c
hpdf src/write/pdf/canvas
hb(-subset)?[.]h src/write/pdf/
png.h src/res/
jpeglib.h src/res/
webp/ src/res/
librsvg/ src/res/draw/
fontconfig/ src/res/draw/
iconv.h (src/base/enc.c|src/write/pdf/hyphgen/)
TABLE
[ $bad -eq 0 ] && echo "ok floors"
exit $bad
