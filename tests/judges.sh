# Outside judges of our books: epubcheck, qpdf, poppler.
. tests/lib.sh
epubcheck=$(command -v epubcheck)
[ -f /usr/share/java/epubcheck.jar ] && epubcheck="java -jar /usr/share/java/epubcheck.jar"

says() { "$@" 2>&1 | tee "$work/judge"; }
clean_epub() { says $epubcheck "$1" | grep -q 'Messages: 0 fatals / 0 errors / 0 warnings' && ! grep -qE '^(ERROR|WARNING|FATAL)' "$work/judge"; }
clean_pdf() { qpdf --check "$1" && ! qpdf --check "$1" 2>&1 | grep -i warning; }
fonts_embedded() { pdffonts "$1" | awk 'NR > 2 { n++; if ($(NF - 4) != "yes" || $(NF - 3) != "yes" || $(NF - 2) != "yes") exit 1 } END { exit !n }'; }
tagged_and_titled() { pdfinfo "$1" | grep -q '^Tagged: *yes' && pdfinfo "$1" | grep -q '^Title: *[^ ]'; }

# The words of the plain text in the order of the PDF's text, notes at the end in both.
same_words() {
    "$offprint" -s --notes=end "$1" -o "${2%.txt}.pdf" && pdftotext -raw "${2%.txt}.pdf" "$2"
    "$offprint" --wrap=none "$1" -t plain | python3 tests/words.py - "$2" "${2%.txt}.pdf"
}

i=0
for in in $samples "tests/golden/html-out-math/in -f markdown" "samples/ferry-page.html samples/lighthouse-dump.txt samples/tide-mill.html --title Pack --toc"; do
    i=$((i + 1))
    "$offprint" -s $in -o "$work/$i.epub"
    "$offprint" -s $in -o "$work/$i.pdf"
    name=${in%%.*}
    name=$i-${name##*/}
    if [ -n "$epubcheck" ] && have java; then check "epubcheck $name" clean_epub "$work/$i.epub"; else echo "skip epubcheck $name"; fi
    if have qpdf; then check "qpdf $name" clean_pdf "$work/$i.pdf"; else echo "skip qpdf $name"; fi
    if have pdffonts; then
        check "fonts of $name" fonts_embedded "$work/$i.pdf"
        check "tags and title of $name" tagged_and_titled "$work/$i.pdf"
        pdftotext -raw "$work/$i.pdf" "$work/words-$i.txt"
    else
        echo "skip poppler $name"
    fi
done
have pdftotext && have qpdf && i=0 && for in in $samples; do
    i=$((i + 1))
    check "words of ${in##*/} in the PDF" same_words "$in" "$work/words-$i.txt"
done
exit $bad
