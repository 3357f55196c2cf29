"""round.py [--every N] [--from N] [--show] [--to FORMAT,FORMAT] OFFPRINT CORPUS...: document, Markdown, and the same document again.

Every page (html/*.html.gz of each folder) is read without cleanup, written as Markdown and read back.  The two trees
must be equal after blocks(), and the Markdown of the second should equal that of the first.  Permitted differences,
which blocks() takes away since the dialect has no words for them:
  zero-width spaces that only let a line end;
  divs and spans, small caps, underlining, quotes as nodes: their contents; attributes, but a code block's language
  plain blocks are paragraphs; soft breaks are blanks, as are hard ones in headings and table cells; blanks run together
  a figure is its contents and then its caption, and so is a picture with lines below it; a line block is a paragraph with hard breaks
  spaces of any kind at the end of a block, and blocks that hold no more
  emphasis in emphasis of its kind is one, and so are two that touch; blanks at the edges of inlines are outside
  what holds nothing but anchors and empty inlines is left out; definitions
    without a term are blocks, a term without a definition is a paragraph
  links to headings lead to the names that GitHub gives these, see aim_links()
  a drawing (SVG) in the reference itself is its alternative text; an item of nothing else is left out
  blanks in addresses are percent-encoded; alternative texts are plain and, like code spans, on one line; numbering is decimal
  tables: widths, row heads, feet and several bodies are not told from rows; a head of empty cells is none; a caption is a paragraph behind it;
    a cell over several columns is followed by empty ones; code spans that touch are one
  a callout without a title has its kind's; gfm: it is one of five kinds, and a title of its own is a bold paragraph;
    commonmark: it is a quote that begins with its title in bold
  gfm and commonmark: terms are bold paragraphs with the definitions below them; a caption is emphasised
  commonmark: notes are numbers in brackets and blocks at the end; math is text between dollars
Inside of tables that are HTML even these have words for all that.
"""
import argparse, concurrent.futures, copy, glob, gzip, json, os, re, sys, unicodedata, urllib.parse
from collections import Counter

from served import server

BOXES = ("Div", "Figure")
EMPHASES = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript")
UNWRAPPED = {"Span": 1, "Quoted": 1, "Cite": 1, "Underline": None, "SmallCaps": None}
DIALECT = "markdown"
NOTES = []              # of commonmark, met and not yet told
IN_TABLE = 0
CALLOUTS = {name: (label, gfm, alone == "true") for name, label, gfm, alone in re.findall(
    r'^CALLOUT\("(\w+)", *"([^"]+)", *"(\w+)", *(\w+)\)',
    open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/doctools/callouts.def")).read(), re.M)}
DRAWN = re.compile("data:image/svg\\+xml.{239,}", re.I)       # what src/res/datauri.c calls too long
QUOTES = {"DoubleQuote": ("\u201c", "\u201d"), "SingleQuote": ("\u2018", "\u2019")}


# ---- inlines: a list of (character, emphases, link) and of leaves ------------------------------------------

def bare(*dialects):
    """In one of these dialects, and not in HTML."""
    return DIALECT in dialects and not IN_TABLE


def address(url):
    return "".join(c if c > " " else f"%{ord(c):02X}" for c in url.strip())


def flatten(nodes, marks, out, hard):
    for n in nodes:
        t, c = n["t"], n.get("c")
        if t == "Str":
            out.extend((ch, marks) for ch in c.replace("\u200b", ""))
        elif t in ("Space", "SoftBreak") or t == "LineBreak" and not hard:
            out.append((" ", marks))
        elif t == "LineBreak":
            out.append(("\n", marks))
        elif t in EMPHASES:
            flatten(c, marks | {t}, out, hard)
        elif t == "Link":
            out.append((("link", address(c[2][0]), c[2][1]), frozenset()))
            flatten(c[1], marks | {"Link " + address(c[2][0])}, out, hard)
        elif t in UNWRAPPED:
            opening, closing = QUOTES[c[0]["t"]] if t == "Quoted" else ("", "")
            out.extend((ch, marks) for ch in opening)
            flatten(c if UNWRAPPED[t] is None else c[1], marks, out, hard)
            out.extend((ch, marks) for ch in closing)
        elif t == "Code" and out and out[-1][0][0] == "code":
            out[-1] = (("code", out[-1][0][1] + code(c[1])), marks)
        elif t == "Code":
            out.append((("code", code(c[1])), marks))
        elif t == "Math" and bare("commonmark"):
            dollars = "$$" if c[0]["t"] == "DisplayMath" else "$"
            out.extend((ch, marks) for ch in dollars + one_line(c[1]) + dollars)
        elif t == "Note" and bare("commonmark"):
            NOTES.append(c)
            out.extend((ch, marks) for ch in f"[{len(NOTES)}]")
        elif t == "Math":
            out.append((("math", c[0]["t"], one_line(c[1])), marks))
        elif t == "Image" and DRAWN.match(c[2][0]):
            flatten(c[1], marks, out, hard)
        elif t == "Image":
            out.append((("image", one_line(plain(c[1])), address(c[2][0]), c[2][1]), marks))
        elif t == "Note":
            out.append((("note", tuple(blocks(c))), marks))
        elif t == "RawInline":
            out.append((("raw", c[1]), marks))
        else:
            out.append(((t,), marks))


def code(text):
    return text.replace("\n", " ")


def one_line(text):
    return " ".join(text.split())


def plain(nodes):
    out = []
    flatten(nodes, frozenset(), out, False)
    return "".join(c if isinstance(c, str) else c[1] if c[0] in ("code", "image") else "" for c, _ in out)


def inlines(nodes, hard=True):
    """Runs of text with the same marks; blanks carry none, so that it does not matter on which side of an edge they are."""
    flat, run, text = [], None, []
    flatten(nodes, frozenset(), flat, hard)
    flat = [(c, frozenset() if isinstance(c, str) and c.isspace() else m) for c, m in flat]
    out = []
    for c, m in flat:
        if c in (" ", "\n") and out and out[-1][0] in (" ", "\n"):
            out[-1] = ("\n" if "\n" in (c, out[-1][0]) else " ", m)
            continue
        out.append((c, m))
    while out and out[0][0] in (" ", "\n"):
        out.pop(0)
    while out and isinstance(out[-1][0], str) and out[-1][0].isspace():
        out.pop()
    runs = []
    for c, m in out:
        m = tuple(sorted(m))
        if c in (" ", "\n") and runs and isinstance(runs[-1][0], str):
            runs[-1] = (runs[-1][0] + c, runs[-1][1])
        elif isinstance(c, str) and runs and isinstance(runs[-1][0], str) and (runs[-1][1] == m or not runs[-1][0].strip(" \n")):
            runs[-1] = (runs[-1][0] + c, m)
        else:
            runs.append((c, m))
    return tuple(runs)


# ---- blocks ---------------------------------------------------------------------------------------------

def text_block(kind, nodes, hard=True):
    found = inlines(nodes, hard)
    if len(found) > 1 and found[0][0][0] == "image" and isinstance(found[1][0], str) and found[1][0][0] == "\n":
        rest = found[1:] if found[1][0].strip(" \n") else found[2:]
        return [(kind, found[:1]), (kind, ((rest[0][0].lstrip(" \n"), rest[0][1]) if isinstance(rest[0][0], str) else rest[0],) + rest[1:])]
    return [(kind, found)] if found else []


def items(kind, lists):
    told = [(i, tuple(blocks(i))) for i in lists]      # once: notes are counted
    found = tuple(b for i, b in told if b or not DRAWN.search(json.dumps(i)))
    return [(kind, found)] if found else []


def emphasised(n):
    if n["t"] == "Div":
        return dict(n, c=[n["c"][0], [emphasised(x) for x in n["c"][1]]])
    return dict(n, c=[{"t": "Emph", "c": n["c"]}]) if n["t"] in ("Plain", "Para") else n


def caption_blocks(nodes):
    """Emphasised where the dialect has nothing else to tell one by."""
    return blocks(nodes if DIALECT == "markdown" else [emphasised(n) for n in nodes])


def table(c):
    global IN_TABLE
    _, caption, cols, head, bodies, foot = c
    IN_TABLE += DIALECT == "commonmark" or not is_pipe_table(c)
    rows = [(1, r) for r in head[1]] + [(0, r) for b in bodies for r in b[2] + b[3]] + [(0, r) for r in foot[1]]
    lines = []
    for is_head, (_, cells) in rows:
        if is_head and not any(blocks(x[4]) for x in cells):
            continue
        lines.append((is_head, tuple(y for x in cells for y in [(x[2], tuple(blocks(x[4])))] + [(1, ())] * (x[3] - 1))))
    found = [("table", tuple(lines))] + caption_blocks(caption[1])
    IN_TABLE -= DIALECT == "commonmark" or not is_pipe_table(c)
    return found


def is_pipe_table(c):
    """Only there are notes and math written in the dialect; no definition list fits in one."""
    cells = [x for rows in [c[3][1], c[5][1]] + [b[2] + b[3] for b in c[4]] for r in rows for x in r[1]]
    return all(x[2] == 1 and len(x[4]) < 2 for x in cells)


def opened(nodes):
    """Without boxes around what comes first."""
    while nodes and nodes[0]["t"] == "Div":
        nodes = nodes[0]["c"][1] + nodes[1:]
    return nodes


def told_notes(done=0):
    """The notes that commonmark puts at the end, more of which may come up meanwhile."""
    out = []
    while done < len(NOTES):
        note, label = opened(NOTES[done]), [{"t": "Str", "c": f"[{done + 1}]"}]
        done += 1
        runs_on = note and note[0]["t"] in ("Plain", "Para")
        out += text_block("p", label + [{"t": "Space"}] + note[0]["c"] if runs_on else label) + blocks(note[runs_on:])
    return out


def whole(nodes):
    NOTES.clear()
    found = blocks(nodes)
    return found + told_notes()


def definitions(c):
    out = []
    for term, details in c:
        if bare("gfm", "commonmark"):
            out += text_block("p", [{"t": "Strong", "c": term}]) + sum(map(blocks, details), [])
            continue
        said = [d for d in details if blocks(d)]
        named = text_block("term" if said else "p", term, hard=False)
        out += named + items("detail", said) if named else sum(map(blocks, said), [])
    return out


def callout(n):
    """Kind, whether it is closed, title and what is below it; None where n is another Div."""
    (_, classes, pairs), inside = n["c"]
    kinds = [c for c in classes if c in CALLOUTS]
    if not kinds or not inside or dict(pairs).get("tag"):
        return None
    label, _, alone = CALLOUTS[kinds[0]]
    first = inside[0]
    titled = first["t"] == "Div" and "title" in first["c"][0][1] and len(first["c"][1]) == 1 and first["c"][1][0]["t"] in ("Plain", "Para")
    if not titled and not alone and "callout" not in classes:
        return None
    title = first["c"][1][0]["c"] if titled else [{"t": "Str", "c": label}]
    return kinds[0], dict(pairs).get("collapse", ""), title, inside[1:] if titled else inside


def callout_blocks(kind, collapse, title, inside):
    own = text_block("p", [{"t": "Strong", "c": title}])
    gfm = CALLOUTS[kind][1]
    if bare("commonmark"):
        return [("quote", tuple(own + blocks(inside)))]
    if bare("gfm"):
        label = CALLOUTS[gfm.lower()][0]
        own = [] if plain(title).lower() == label.lower() else own
        return [("callout", gfm.lower(), "", text_block("p", [{"t": "Str", "c": label}]), tuple(own + blocks(inside)))]
    return [("callout", kind, collapse if bare("markdown") else "", text_block("p", title, hard=False), tuple(blocks(inside)))]


def blocks(nodes):
    out = []
    for n in nodes:
        t, c = n["t"], n.get("c")
        if t in ("Plain", "Para"):
            out += text_block("p", c)
        elif t == "Header":
            out += text_block(f"h{c[0]}", c[2], hard=False) if c[2] else [(f"h{c[0]}", ())]
        elif t == "LineBlock":
            joined = []
            for line in c:
                joined += line + [{"t": "LineBreak"}]
            out += text_block("p", joined)
        elif t == "CodeBlock":
            out.append(("code", (c[0][1] or [""])[0], c[1].rstrip("\n")))
        elif t == "RawBlock":
            out.append(("raw", c[1].strip()))
        elif t == "BlockQuote":
            inner = blocks(c)
            out += [("quote", tuple(inner))] if inner or not c else []
        elif t == "BulletList":
            out += items("ul", c)
        elif t == "OrderedList":
            out += items(f"ol{c[0][0]}", c[1])
        elif t == "DefinitionList":
            out += definitions(c)
        elif t == "HorizontalRule":
            out.append(("rule",))
        elif t == "Table":
            out += table(c)
        elif t == "Figure":
            out += blocks(c[2]) + blocks(c[1][1])
        elif t == "Div":
            found = callout(n)
            out += callout_blocks(*found) if found else blocks(c[1])
    return out


# ---- links within the document -----------------------------------------------------------------------------

def all_nodes(value):
    if isinstance(value, dict):
        yield value
    for v in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        if isinstance(v, (list, dict)):
            yield from all_nodes(v)


def own_id(n):
    c = n.get("c")
    at = 1 if n["t"] == "Header" else 0
    return c[at][0] if isinstance(c, list) and len(c) > at and isinstance(c[at], list) and len(c[at]) == 3 and isinstance(c[at][0], str) else ""


def head_words(nodes):
    out = []
    for n in nodes:
        t, c = n["t"], n.get("c")
        if t in ("Str", "Code", "Math"):
            out.append(c if t == "Str" else c[1])
        elif t in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif t != "Note":
            out += [head_words(x) for x in ([c] if t in EMPHASES or UNWRAPPED.get(t, 0) is None else c if isinstance(c, list) else [])
                    if isinstance(x, list) and x and isinstance(x[0], dict) and "t" in x[0]]
    return "".join(out)


def slug(text):
    text = " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())
    kept = (c for c in text if c in " -_" or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) in ("Nd", "Cf"))
    return "".join(kept).lower().replace(" ", "-")


def aim_links(tree):
    """In place: a link to a heading, to a place in one, or to a box that begins with one, leads to "#its-words", the next of these words
    to "#its-words-1"."""
    names, targets, seen = {}, {}, Counter()
    for n in all_nodes(tree):
        if n.get("t") != "Header":
            continue
        name = slug(head_words(n["c"][2]))
        names[id(n)] = f"#{name}-{seen[name]}" if seen[name] else f"#{name}"
        seen[name] += 1
        for inner in all_nodes(n["c"][2]):
            if "t" in inner and own_id(inner):
                targets.setdefault(id(inner), n)
    places = {}
    for n in all_nodes(tree):
        if "t" in n and own_id(n):
            places.setdefault(own_id(n), targets.get(id(n), (opened([n]) or [n])[0]))
    for n in all_nodes(tree):
        if n.get("t") == "Link" and n["c"][2][0].startswith("#"):
            fragment = n["c"][2][0][1:]
            head = places.get(fragment) or places.get(urllib.parse.unquote(fragment))
            if head and len(names.get(id(head), "")) > 1:
                n["c"][2][0] = names[id(head)]


# ---- comparing -----------------------------------------------------------------------------------------

def first_difference(a, b, path=""):
    """The innermost place where the two trees part, with what kind of thing it is in."""
    if type(a) is not type(b) or not isinstance(a, (tuple, list)):
        return path, a, b
    kind = a[0] if a and isinstance(a[0], str) and len(a[0]) < 12 and len(a) < 4 else ""
    for x, y in zip(a, b):
        if x != y:
            return first_difference(x, y, f"{path}/{kind}" if kind else path)
    i = min(len(a), len(b))
    return path + ("/more" if len(b) > i else "/less"), a[i - 1:i + 2], b[i - 1:i + 2]


def one(job):
    """For each dialect: the first difference, whether the text is the same again, and both texts."""
    offprint, page, dialects = job
    convert = server(offprint).convert
    try:
        page, _ = convert(gzip.open(page).read(), "html", "json+api1.23", ["metadata"])
        doc = json.loads(page)
        doc["meta"] = {k: v for k, v in doc["meta"].items() if k == "offprint"}   # notes of what it was
    except RuntimeError as e:
        return [(d, (f"<{e}>"[:200], "", ""), False, b"", b"") for d in dialects]
    return [(d, *there_and_back(convert, doc["blocks"], json.dumps(doc).encode(), d)) for d in dialects]


def aimed(tree):
    tree = copy.deepcopy(tree)
    aim_links(tree)
    return tree


def there_and_back(convert, blocks, doc, to):
    global DIALECT
    DIALECT = to
    try:
        first, _ = convert(doc, "json", to)
        back, _ = convert(first, to, "json+api1.23")
        again, _ = convert(back, "json", to)
        a, b = whole(aimed(blocks)), whole(json.loads(back)["blocks"])
        return None if a == b else first_difference(a, b), first == again, first, again
    except RuntimeError as e:
        return (f"<{e}>"[:200], "", ""), False, b"", b""


def show(name, difference, still, first, again):
    if difference:
        print(f"{name} {difference[0]}\n    {str(difference[1])[:300]}\n    {str(difference[2])[:300]}", flush=True)
    if still:
        return
    for x, y in zip(first.decode().split("\n"), again.decode().split("\n")):
        if x != y:
            print(f"{name} unstable\n    {x[:300]!r}\n    {y[:300]!r}", flush=True)
            break


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--every", type=int, default=1)
    a.add_argument("--from", dest="start", type=int, default=0)
    a.add_argument("--jobs", type=int, default=2)
    a.add_argument("--match", default="")
    a.add_argument("--to", default="markdown,commonmark,gfm")
    a.add_argument("--show", action="store_true")
    a.add_argument("offprint")
    a.add_argument("corpus", nargs="+")
    o = a.parse_args()
    pages = sorted(p for c in o.corpus for p in glob.glob(c + "/html/*.html.gz"))[o.start::o.every]
    pages = [p for p in pages if o.match in p]
    same, stable, causes = Counter(), Counter(), Counter()
    dialects = o.to.split(",")
    with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
        for page, results in zip(pages, pool.map(one, [(o.offprint, p, dialects) for p in pages])):
            for to, difference, still, first, again in results:
                same[to] += difference is None
                stable[to] += still
                if difference:
                    causes[f"{to} {difference[0]}"] += 1
                if o.show:
                    show(f"{os.path.basename(page)[:-8]} {to}", difference, still, first, again)
    for cause, n in causes.most_common(20):
        print(f"{n:5} {cause}")
    n = max(len(pages), 1)
    for to in dialects:
        print(f"{to}: {len(pages)} pages: the same tree {same[to]} ({100 * same[to] / n:.2f}%), the same text {stable[to]} ({100 * stable[to] / n:.2f}%)")
    return any(same[to] < len(pages) for to in dialects)


if __name__ == "__main__":
    sys.exit(main())
