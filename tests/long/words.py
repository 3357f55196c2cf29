"""words.py [--every N] [--from N] [--show] [--writers A,B] OFFPRINT CORPUS...: no text is lost without the cleanup filter.

Every page (html/*.html.gz of each folder) becomes JSON; the words of the page, as html5lib sees them, must be
the words of the JSON, and these the words of what each writer makes of it: none lost, none doubled.  Words are compared
as bags, since notes move.  Prints for the reader and each writer how many pages are exact, and how many words were lost
and are more than there should be.

Skipped on purpose, see SKIPPED and reference():
  what a browser does not show as text: head, script, style, template, svg, canvas, comments, fallbacks of media
  form controls: select, option, textarea, input, progress, meter
  noscript, which shows only the picture that a script would have loaded
  renderings of formulas, of which the source is kept: MathML, KaTeX, MathJax
  the number before a note, the links back from it, the heading over all of them, and a note that the page shows twice
  line numbers beside code, what its tools are called, and the boxes that a pointer over it would open
  in PDF what no installed font has a glyph for, which is warned of
Alternative texts are compared where the format has a place for them.
Plain text has formulas as text to be read, and PDF as their alternative text: that is compared, and not the letters that PDF
typesets; none of the letters and digits of a formula's MathML may be missing from it.  HTML keeps the TeX as an annotation.
More on purpose, see shown_at_times() and additions(): the names of drawings and of media, which become links, the text of noscript where a
page has little else, a note for each of the references that share it; what formats without notes, list items and pictures of
their own say instead: numbers, addresses, and a book's title.
"""
import argparse, concurrent.futures, functools, glob, gzip, html, io, itertools, json, os, re, subprocess, sys, tempfile, unicodedata, warnings, zipfile
from collections import Counter

from served import server

SKIPPED = set("""head title script style template svg canvas noscript iframe frame video audio embed object applet noembed
noframes select option optgroup datalist textarea input progress meter keygen rp colgroup math""".split())
UNSEEN = set("head title script style template".split())       # of which not even a blank is shown
MEDIA = set("noscript button iframe embed object video audio source".split())
INLINE = set("""a abbr acronym b bdi bdo big blink button cite code data del dfn em font i ins kbd label input map mark meter nobr
output progress q s samp select small span strike strong sub sup svg textarea time tt u var wbr ruby rb""".split())
HIDDEN = re.compile(r"(^|\s)(katex|katex-display|MathJax\w*|mjx-\S+|mwe-math-element|ltx_Math)(\s|$)")
NUMBERING = re.compile(r"(^|\s)(linenos?|line-?num(?:ber)?s?|lnt?|gutter)(\s|$)")
POPUP = re.compile(r"(^|\s)(hover-info|twoslash-popup-container|tooltip(text)?)(\s|$)")
UNSELECTABLE = re.compile(r"user-select:\s*none")
TOOLS = set("copy copied code block clipboard raw view report run".split())       # of a listing; the name of its language is one word more
OURS = ("doc-noteref", "doc-backlink")
NOTES = re.compile(r"(notes?|sources|footnotes?|endnotes?|references|sidenotes|fußnoten|anmerkungen|notas|voetnoten|noter|fotnoter|przypisy|jump|up)$")
MARKED = re.compile(r"(\d*(footnotemark|noteref)?)*$")
STREAMED = re.compile(r'<template id="B:(\w+)"></template>')
SUSPENSE = re.compile(r"<!--(/?)\$[?!]?-->")
MISSING = re.compile(rb"no font has the characters? .*")
CONTROL = re.compile(r"&#0*(?:[1-8]|1[124-9]|2\d|3[01])(?!\d);?")     # which lxml refuses
RTL = re.compile("([\u0590-\u08ff]+)")
WORD = re.compile(r"[^\W_]+")
DROP = dict.fromkeys([*range(0x80, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFFFD])
WRITERS = "markdown commonmark gfm html plain json epub pdf".split()
ALERTS = "note tip important warning caution".split()      # whose titles GitHub writes itself
NO_ALT = {"pdf", "plain"}   # a structure tree's; none where a caption tells more


def bag(texts):
    text = re.sub("[\u2139\u24d8]", "", "".join(texts))       # icons of callouts, of which NFKC would make words
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text).translate(DROP).lower()))


# ---- words of a page ---------------------------------------------------------------------------------

def local(el):
    return el.tag.rsplit("}", 1)[-1] if isinstance(el.tag, str) else None


def is_skipped(el, tag):
    if tag is None or tag in SKIPPED or el.get("role") in OURS or HIDDEN.search(el.get("class") or ""):
        return True
    if NUMBERING.search(el.get("class") or "") and re.fullmatch(r"[\d\s.:]*", "".join(el.itertext())):
        return True
    if POPUP.search(el.get("class") or "") and any(local(up) in ("pre", "code") for up in el.iterancestors()):
        return True
    if any(el.get(f"data-{k}") for k in ("math", "tex", "latex")) or tag == "button" and is_beside_code(el):
        return True
    return tag == "span" and bool(UNSELECTABLE.search(el.get("style") or "")) and "".join(el.itertext()).strip().isdigit()


def is_beside_code(button):
    return any(up.find(".//pre") is not None for up in itertools.islice(button.iterancestors(), 9))


def is_inline(tag):
    return tag in INLINE or "-" in tag          # custom elements are


def reference(root, out):
    """Text below root with blanks where blocks begin and end."""
    stack = [(root, False)]
    while stack:
        el, leaving = stack.pop()
        tag = local(el)
        if leaving:
            out.append("" if is_inline(tag) else " ")
            out.append(el.tail or "")
            continue
        if is_skipped(el, tag):
            out.append(" " if tag and tag not in UNSEEN and (not is_inline(tag) or el.get("role") in OURS) else "")
            out.append(el.tail or "")
            continue
        out.append("" if is_inline(tag) else " ")
        out.append(el.text or "")
        stack.append((el, True))
        stack.extend((c, False) for c in reversed(el))


def reveal(el):
    """An address that a content network hides (see email.c)."""
    code = bytes.fromhex(el.get("data-cfemail") or "")
    if code:
        el[:] = []
        el.text = bytes(b ^ code[0] for b in code[1:]).decode("utf-8", "replace")


def without_templates(page):
    """html5lib does not know the element.  Shadow roots are shown."""
    out, hides = [], []
    if "<template" in page:
        page = re.sub(r"(?is)<!--.*?-->|<script\b.*?</script>", "", page)      # where it is but a word
    for i, piece in enumerate(re.split(r"(?i)(<template(?![\w-])[^>]*>|</template\s*>)", page)):
        if i % 2:
            if piece[1] != "/":
                hides.append("shadowrootmode" not in piece.lower())
            elif hides:
                hides.pop()
        elif not any(hides):
            out.append(piece)
    return "".join(out)


def without_fallbacks(page):
    """What a streamed page shows until a part has come (see stream.c); comments tell where it begins and ends."""
    out, at = [], 0
    while place := STREAMED.search(page, at):
        start, end, depth = place.end(), place.end(), 1
        for mark in SUSPENSE.finditer(page, start):
            depth += -1 if mark[1] else 1
            if not depth:
                end = mark.start()
                break
        came = re.search(rf"""<div hidden(="")? id="S:{place[1]}">""", page)
        out += [page[at:start], "" if came else page[start:end]]
        at = end
    return "".join(out) + page[at:]


def empty_slots(body):
    """What stands in a slot of a shadow root until something is put there."""
    for slot in [s for s in body.iter("slot") if s.get("name")]:
        if any(c.get("slot") == slot.get("name") for up in slot.iterancestors() for c in up):
            slot[:], slot.text = [], None


def show_windows(body):
    """The text of Termynal's windows is markup (see codebox.c)."""
    for code in body.xpath("//div[contains(concat(' ', @class, ' '), ' termy ')]//pre"):
        text = "".join(code.itertext())
        code[:], code.text = [], html.unescape(re.sub(r"</?[a-z][^<>]*>", "", text))


def page_words(page):
    import html5lib
    try:
        page = re.sub("[\0-\x08\x0b\x0e-\x1f]", "", page.decode("utf-8").replace("\f", " "))
        page = without_templates(without_fallbacks(CONTROL.sub("", page)))
    except UnicodeDecodeError:
        pass                            # as it declares itself
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False)
    for el in root.getroot().iter():
        reveal(el)
    out = []
    body = root.getroot().find("body")
    if body is None:
        body = root.getroot()
    body.tail = None
    empty_slots(body)
    show_windows(body)
    reference(body, out)
    return bag(out), shown_at_times(body)


def shown_at_times(body):
    """Words that the reader may show: the names of drawings, what stands for media and where these are, for want of scripts,
    on the buttons of listings."""
    out, own = [], " ".join(["", *body.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content"), ""])
    for el in body.iter():
        if local(el) == "svg":
            out += [f" {el.get('aria-label', '')} ", *(f" {''.join(c.itertext())} " for c in el if local(c) in ("title", "desc"))]
        if local(el) not in MEDIA and not (local(el) or "").startswith("amp-"):
            continue
        out += [" ", "".join(el.itertext()), " ", " ".join(el.itertext()), " video audio embedded content ", own]
        out += [f" {el.get(k, '')} " for k in ("title", "aria-label", "src", "data-src", "data-lazy-src", "data")]
    out += [f" {t} " for r in OURS for t in body.xpath(f"//*[@role='{r}']//text()")]
    return bag(out)


# ---- words of the model -------------------------------------------------------------------------------

def untag(text):
    import lxml.html
    tree = lxml.html.fragment_fromstring(text, create_parent="div")
    out = []
    reference(tree, out)
    return " ".join(["".join(out), *tree.xpath("//@alt")])


ALT, TEX, RAW = 1, 2, 4         # what only some formats show, and what is HTML


def gather(node, out, marks=0):
    """Appends the text of pandoc's JSON to out, in pieces with their marks."""
    if isinstance(node, list):
        for n in node:
            gather(n, out, marks)
        return
    if not isinstance(node, dict):
        return
    t, c = node.get("t"), node.get("c")
    if t == "Str":
        out.append((c, marks))
    elif t in ("Space", "SoftBreak", "LineBreak"):
        out.append((" ", marks))
    elif t in ("Code", "CodeBlock"):
        out.append((c[1] if t == "Code" else f" {c[1]} ", marks))
    elif t == "Math":
        out.append((c[1], marks | TEX))
    elif t in ("RawInline", "RawBlock"):
        out.append((c[1], marks | RAW))
    elif t in ("Link", "Span", "Quoted", "Cite"):
        gather(c[1], out, marks)
    elif t in ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
        gather(c, out, marks)
    elif t:
        out.append((" ", marks))
        gather_apart(t, c, out, marks)
        out.append((" ", marks))


def gather_apart(t, c, out, marks):
    """What has blanks around it."""
    if t == "Image":
        gather(c[1], out, marks | ALT)
    elif t in ("DefinitionList", "LineBlock"):
        for part in [p for line in c for p in (line if t == "DefinitionList" else [line])]:
            gather(part, out, marks)
            out.append((" ", marks))
    elif t == "Table":
        gather_table(c, out, marks)
    else:
        gather(c[-1] if t in ("Header", "Div") else c[1:] if t in ("Figure", "OrderedList") else c, out, marks)


def gather_table(c, out, marks):
    _, caption, _, head, bodies, foot = c
    gather(caption[1], out, marks)
    rows = head[1] + [r for b in bodies for r in b[2] + b[3]] + foot[1]
    for _, cells in rows:
        for cell in cells:
            out.append((" ", marks))
            gather(cell[4], out, marks)
            out.append((" ", marks))


def pieces_of(blocks):
    out = []
    gather(blocks, out)
    return out


def bag_of(pieces, alt=True, tex=True):
    """What is text beside raw HTML is escaped, since that may close in a later piece."""
    left_out = (0 if alt else ALT) | (0 if tex else TEX)
    pieces = [p for p in pieces if not p[1] & left_out]
    if any(marks & RAW for _, marks in pieces):
        return bag([untag("".join(text if marks & RAW else html.escape(text) for text, marks in pieces))])
    return bag(text for text, _ in pieces)


def model_words(blocks, alt=True, tex=True):
    return bag_of(pieces_of(blocks), alt, tex)


def of_kinds(node, *kinds):
    """The nodes of each of the kinds, in no particular order."""
    found, stack = {k: [] for k in kinds}, [node]
    while stack:
        n = stack.pop()
        if isinstance(n, list):
            stack.extend(n)
        elif isinstance(n, dict):
            if n.get("t") in found:
                found[n["t"]].append(n)
            if not isinstance(n.get("c"), str):
                stack.append(n.get("c"))
    return found.values()


# ---- words of what was written ------------------------------------------------------------------------

def html_words(data, alt=True):
    import lxml.html
    if not data.strip():
        return Counter()
    tree = lxml.html.fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    out = []
    for el in tree.iter("img"):
        if alt and el.get("alt"):
            el.tail = f" {el.get('alt')} {el.tail or ''}"
    for el in list(tree.iter("math")):          # a formula is its TeX
        tex = el.findtext(".//annotation")
        el[:] = []
        el.tag, el.text = "span", f" {tex} "
    reference(tree, out)
    return bag(out)


def epub_words(data):
    total = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        for name in z.namelist():
            if name.endswith("html") and not re.search(r"(nav|cover|title)\.x?html$", name):
                total += html_words(z.read(name))
    return total


def pdf_words(data, want):
    def text_of(*how):
        return run("pdftotext", *how, "-enc", "UTF-8", "-", "-", data=data)

    formulas = formulas_of(data)
    want = want - formulas
    raw = text_of("-raw")
    text = re.sub(r"\n(Untitled|\d+)\n(Untitled\n|\d+\n)?\x0c", "\n", raw)      # what closes a page
    got = bag([text]) | bag([unbroken(text)])
    if want - got:
        laid_out = text_of()
        got |= bag([laid_out])
        texts = [unicodedata.normalize("NFKC", t).lower() for t in (text, laid_out, raw)]
        squeezed = [re.sub(r"[\W_]+", "", t) for t in texts]
        got |= Counter({w: want[w] for w in want - got if is_broken(w, want[w], texts, squeezed)})
    twice = bag([told(run("pdfinfo", "-enc", "UTF-8", "-struct-text", "-", data=data))])
    for w in filter(RTL.search, want):              # these come letter by letter, and apart from what is joined to them
        twice -= Counter({part: want[w] for part in RTL.split(w)})
    return (want & got | Counter({w: n for w, n in twice.items() if not RTL.search(w)})) + formulas


def formulas_of(data):
    """The words of the formulas as they are read aloud: their alternative text."""
    if "Formula" not in run("pdfinfo", "-struct", "-", data=data):
        return Counter()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
        f.write(data)
        f.flush()
        objects = json.loads(run("qpdf", "--json=2", "--json-key=qpdf", f.name, data=b""))["qpdf"][1]
    values = [o.get("value") for o in objects.values()]
    return bag(f" {v.get('/Alt', '')[2:]} " for v in values if isinstance(v, dict) and v.get("/S") == "/Formula")


def shown_letters(math):
    """Of a formula's MathML, without what only takes room and without the TeX beside it."""
    for el in list(math.iter("annotation", "mphantom")):
        el[:], el.text = [], None
    return letters("".join(math.itertext()))


def letters(text):
    text = text.replace("\u221b", "3\u221a").replace("\u221c", "4\u221a").translate({0x131: "i", 0x237: "j"})
    return Counter(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def run(*command, data):
    return subprocess.run(command, input=data, capture_output=True).stdout.decode("utf-8", "replace")


def told(structure):
    """What a reader aloud would say: all but formulas, running heads, the heads of tables told again, and numbers of pages."""
    out, formula = [], None
    for line in structure.split("\n"):
        depth, line = len(line) - len(line.lstrip()), line.strip()
        if formula is not None and depth > formula:
            continue
        formula = depth if line.split(" ")[0] == "Formula" else None
        if len(line) > 1 and line[0] == line[-1] == '"':
            out.append(line[1:-1])
        elif formula is not None or not line.endswith("(inline)") and not line.startswith(("Object ", "/")):
            out.append(" ")
    return "".join(out)


def unbroken(text):
    return re.sub("(\u00ad|-)\n", "", text)


def is_broken(w, n, texts, squeezed):
    """Words of code and of narrow columns are broken without a hyphen, others by a page; words in both directions
    are turned by parts."""
    def there(part):
        return all(c in squeezed[0] for c in part) if RTL.match(part) else max(t.count(part) for t in squeezed) >= n
    if all(there(p) for p in RTL.split(w) if p):
        return True
    return any((w[:k] + "-" in t or w[:k] + "\u00ad" in t) and "\n" + w[k:] in t for k in range(2, len(w) - 1) for t in texts)


class Job:
    def __init__(self, offprint, page):
        self.server, self.page = server(offprint), page

    def json(self, data, source, *filters):
        return json.loads(self.server.convert(data, source, "json+api1.23", filters)[0])

    def written(self, to, doc, want):
        out, said = self.server.convert(doc, "json", "json+api1.23" if to == "json" else to)
        if to in ("markdown", "commonmark", "gfm"):
            return model_words(self.json(out, to)["blocks"])
        if to == "json":
            return model_words(json.loads(out)["blocks"])
        if to == "plain":
            return bag([re.sub(r"(\d)\^(\d)", r"\1\2", out.decode())])      # a raised number behind a digit
        if to == "pdf":
            missing = {chr(int(cp, 16)) for line in MISSING.findall(said) for cp in re.findall(rb"U\+([0-9A-F]+)", line)}
            return pdf_words(out, want) | Counter({w: n for w, n in want.items() if missing & set(w)})
        return {"html": html_words, "epub": epub_words}[to](out)

    def readable(self, blocks):
        """The formulas by their TeX, as plain text has them, and those of which that loses something."""
        import lxml.html
        found, = of_kinds(blocks, "Math")
        maths, lost = list({m["c"][1]: m for m in found}.values()), Counter()
        if not maths:
            return {}, lost
        alone = [b for m in maths for b in ({"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, m["c"][1]]}]}, {"t": "HorizontalRule"})]
        doc = json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": alone}).encode()
        text, page = (self.server.convert(doc, "json", to)[0].decode() for to in ("plain", "html"))
        texts = [" ".join(t.split()) for t in text.split("\n\n* * *\n")]
        pages = [lxml.html.fragment_fromstring(p, create_parent="div") for p in page.split("<hr>")]
        for math, shown, tree in zip(maths, texts, pages):
            el = tree.find(".//math")
            if shown_letters(el) - letters(shown) if el is not None else shown != " ".join(math["c"][1].split()):
                lost[f"<formula {math['c'][1]} {shown}>"] += 1
        return {m["c"][1]: f" {t} " if m["c"][0]["t"] == "DisplayMath" else t for m, t in zip(maths, texts)}, lost

    def results(self, writers):
        """Yields step, words wanted, lost, and doubled."""
        page = gzip.open(self.page).read()
        doc = self.json(page, "html", "metadata")
        (want, shown), got = page_words(page), model_words(doc["blocks"], alt=False, tex=False)
        notes, listings, maths, boxes = of_kinds(doc["blocks"], "Note", "CodeBlock", "Math", "Div")
        if listings:
            beside = TOOLS.union(*(c["c"][0][1] for c in listings))
            want = Counter({w: got[w] if w in beside else n for w, n in want.items()})
        shown += repeated(notes) + titles_of(boxes)
        notes = [model_words(n["c"]) for n in notes]
        formulas = bag(f" {m['c'][1]} " for m in maths)
        kinds = bag(f" {' '.join(b['c'][0][1])} " for b in boxes if is_titled(b))      # of callouts, whose titles may say more
        yield "reader", *differences(want, got, shown, sum(notes, formulas + kinds), notes or b"footnotemark" in page)
        yield from self.all_written(doc, writers)

    def all_written(self, doc, writers):
        doc["meta"] = {k: v for k, v in doc["meta"].items() if k == "offprint"}   # notes of what it was
        bare, pieces = json.dumps(doc).encode(), pieces_of(doc["blocks"])
        shown, unread = self.readable(doc["blocks"])
        read = [(shown[text] if marks & TEX else text, marks) for text, marks in pieces]
        apart = [(f" {text} " if marks & TEX else text, marks) for text, marks in read]
        wanted = functools.cache(lambda to: bag_of(apart if to == "pdf" else read if to == "plain" else pieces, to not in NO_ALT))
        again = repeated(*of_kinds(doc["blocks"], "Note"))
        for to in writers:
            want = wanted(to if to in NO_ALT else "")
            try:
                n, lost, more = differences(want, self.written(to, bare, want), additions(to, doc["blocks"]))
                yield to, n, lost - again if to == "pdf" else lost + (unread if to == "plain" else Counter()), more
            except Exception as e:
                yield to, sum(want.values()), Counter({f"<{e}>"[:300]: sum(want.values())}), Counter()


def repeated(notes):
    """The words of notes that several references share, but for the first of them."""
    copies = Counter(json.dumps(n["c"]) for n in notes)
    return sum((model_words(json.loads(text)) for text, n in copies.items() for _ in range(n - 1)), Counter())


def is_titled(box):
    first = next(iter(box["c"][1]), {"t": ""})
    return first["t"] == "Div" and first["c"][0][1] == ["title"]


def titles_of(boxes):
    """Of callouts: their kind, where the page says nothing else."""
    return sum((model_words(b["c"][1]) for b in boxes if b["c"][0][1] == ["title"]), Counter())


def marks_of(numbering, n):
    first, style, _ = numbering
    for i in range(first, first + n):
        yield chr(96 + i) if "Alpha" in style["t"] and i < 27 else roman(i) if "Roman" in style["t"] else i


def roman(n):
    out = ""
    for value, letters in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split()):
        out += n // value * letters
        n %= value
    return out


def pieces_of_lines(words):
    """What is left of words that are broken at the ends of lines."""
    out = Counter()
    for w, n in words.items():
        for i in range(1, len(w)):
            out[w[:i]] += n
            out[w[i:]] += n
    return out


def additions(to, blocks):
    """Words that a format may have beside those of the model, at most."""
    notes, images, links, lists, boxes = of_kinds(blocks, "Note", "Image", "Link", "OrderedList", "Div")
    numbers = bag(f" {n + 1} " * 2 for n in range(len(notes)))                      # at the note and where it is referred to
    named = bag(f" {n['c'][2][0]} {n['c'][2][1]} " for n in images)
    if to in ("plain", "pdf"):
        marks = bag(f" {m} " for l in lists for m in marks_of(l["c"][0], len(l["c"][1])))
        named += bag(f" {n['c'][2][0]} " for n in links)
        named += bag_of([p for i in images for p in [*pieces_of(i["c"][1]), (" ", 0)]])
        return numbers + marks + named + (pieces_of_lines(named) + Counter(image=len(images), notes=1, untitled=1) if to == "pdf" else Counter())
    if to == "commonmark":
        return numbers
    if to in ("html", "epub"):
        return named + Counter(image=len(images), untitled=9 if to == "epub" else 0)     # "[Image: ...]" for want of one
    return Counter({kind: len(boxes) for kind in ALERTS} if to == "gfm" else {})


def differences(want, got, beyond=Counter(), elsewhere=Counter(), any_notes=False):
    lost, more = want - got, got - want
    if sorted("".join(lost.elements())) == sorted("".join(more.elements())):
        lost, more = Counter(), Counter()       # the same letters, divided otherwise
    lost -= elsewhere
    if any_notes:
        lost = without(lost, more, lambda w: is_of_notes(w, {**more, **elsewhere}))
    lost, more = without(lost, more, lambda w: is_divided(w, more)), more - beyond
    more = Counter({w: n for w, n in more.items() if not is_divided(w, beyond) and not has_number(w, want, beyond)})
    for m in list(more):
        glued = [w for w in lost if m.endswith(w) and is_divided(m[:-len(w)], beyond)]      # behind a button
        lost, more = lost - Counter(glued), more - Counter([m] * len(glued))
    return sum(want.values()), lost, more


def has_number(w, words, numbers):
    """A word right before the number of a note."""
    word = w.rstrip("0123456789")
    return word != w and word in words and w[len(word):] in numbers


def without(lost, more, is_there):
    """The words that are not there otherwise; more loses the words that they became."""
    there = Counter({w: n for w, n in lost.items() if is_there(w)})
    for part in list(more):
        more[part] -= sum(n * w.count(part) for w, n in there.items())
    more += Counter()
    return lost - there


def is_divided(w, words):
    ends = {0}
    for i in range(1, len(w) + 1):
        if any(w[k:i] in words for k in ends):
            ends.add(i)
    return len(w) in ends


def is_of_notes(w, more):
    """Markers of notes, also where they stand close to a word, links back, and the heading."""
    if w.isdigit() or len(w) == 1 or NOTES.match(w) or MARKED.sub("", w, 1) in {"", *more}:
        return True
    if any(w.startswith(m) and not MARKED.sub("", w[len(m):], 1) for m in more):
        return True
    return w.rstrip("0123456789") in more or any(w[k:].isdigit() and w[:k] in more for k in range(1, len(w))) \
        or all(not part or part in more for part in re.split(r"\d+", w))


def one(args):
    offprint, page, writers = args
    name = os.path.basename(page)[:-8]
    try:
        return name, list(Job(offprint, page).results(writers))
    except Exception as e:
        return name, [("reader", 1, Counter({f"<{e}>"[:300]: 1}), Counter())]


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--every", type=int, default=1)
    a.add_argument("--from", dest="start", type=int, default=0)
    a.add_argument("--jobs", type=int, default=2)
    a.add_argument("--match", default="")
    a.add_argument("--show", action="store_true")
    a.add_argument("--writers", default=",".join(WRITERS))
    a.add_argument("offprint")
    a.add_argument("corpus", nargs="+")
    o = a.parse_args()
    o.writers = [w for w in o.writers.split(",") if w]
    return o


def report(o, one, pages):
    """Prints what one() yields for each page, and the sums; true where words were lost or doubled."""
    sums = {s: [0, 0, 0, 0, 0] for s in ["reader"] + o.writers}
    with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
        for page, results in pool.map(one, [(o.offprint, p, o.writers) for p in pages]):
            for step, n, lost, more in results:
                s = sums[step]
                s[0] += 1
                s[1] += not lost and not more
                s[2] += n
                s[3] += sum(lost.values())
                s[4] += sum(more.values())
                if o.show and (lost or more):
                    print(f"{page} {step}: lost {sum(lost.values())} {' '.join(list(lost)[:12])}"
                          f" | more {sum(more.values())} {' '.join(list(more)[:12])}", flush=True)
    print(f"{'':12}{'pages':>7}{'exact':>7}{'':>9}{'words':>10}{'lost':>8}{'':>9}{'more':>8}")
    for step, (n, exact, words, lost, more) in sums.items():
        print(f"{step:12}{n:7}{exact:7}{100 * exact / max(n, 1):8.2f}%{words:10}{lost:8}{100 * lost / max(words, 1):8.3f}%{more:8}")
    return any(s[1] < s[0] for s in sums.values())


def main():
    o = arguments()
    pages = sorted(p for c in o.corpus for p in glob.glob(c + "/html/*.html.gz"))[o.start::o.every]
    return report(o, one, [p for p in pages if o.match in p])


if __name__ == "__main__":
    sys.exit(main())
