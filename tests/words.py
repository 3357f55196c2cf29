"""words.py PLAIN PDFTEXT PDF: every word of the first text is found in the second, in order.

Formulas of the PDF are told by their alternative texts, which are in the first text as well."""
import json, re, subprocess, sys, unicodedata


def read(name):
    return sys.stdin.read() if name == "-" else open(name, encoding="utf-8").read()


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "").replace("\u00ad", "")
    return re.findall(r"\w+", text)


def formulas(pdf):
    out = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", pdf], capture_output=True).stdout
    values = [o.get("value") for o in json.loads(out)["qpdf"][1].values()]
    return [v["/Alt"][2:] for v in values if isinstance(v, dict) and v.get("/S") == "/Formula"]


def without(want, formulas):
    """The words that are in no formula; a formula that is not in the text is an error."""
    at = 0
    for formula in formulas:
        part = words(formula)
        at = next((i for i in range(at, len(want)) if want[i:i + len(part)] == part), None)
        if at is None:
            sys.exit(f"formula {formula!r} is not in the text")
        del want[at:at + len(part)]
    return want


want, got = words(read(sys.argv[1])), words(read(sys.argv[2]))
want = without(want, formulas(sys.argv[3]))
at = 0
for i, w in enumerate(want):
    # Page numbers and running heads may come between; a jump further than a page's furniture is a loss.
    try:
        at = got.index(w, at, at + 120) + 1
    except ValueError:
        sys.exit(f"word {i} {w!r} after {' '.join(want[max(0, i - 8):i])!r} is missing")
print(len(want), "words")
