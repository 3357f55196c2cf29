"""words.py PLAIN PDFTEXT: every word of the first text is found in the second, in order."""
import re, sys, unicodedata


def read(name):
    return sys.stdin.read() if name == "-" else open(name, encoding="utf-8").read()


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "").replace("\u00ad", "")
    return re.findall(r"\w+", text)


want, got = words(read(sys.argv[1])), words(read(sys.argv[2]))
at = 0
for i, w in enumerate(want):
    # Page numbers and running heads may come between; a jump further than a page's furniture is a loss.
    try:
        at = got.index(w, at, at + 120) + 1
    except ValueError:
        sys.exit(f"word {i} {w!r} after {' '.join(want[max(0, i - 8):i])!r} is missing")
print(len(want), "words")
