"""run.py OFFPRINT FOLDER: every node type of nodes.def in every writer of formats.def leaves its text and its trace.

The rows come from the two tables: a node type without a case fails, and so does a format without a trace.  A case is a
small document of pandoc's JSON and, for each way of writing, a pattern that the output must have; NONE where that
format has no place for such a thing, which has to be said here.  Formats that write alike share a pattern: see ALIKE.
"""
import json, os, re, subprocess, sys, zipfile

NONE = None
# where a case has no pattern of a format's own
ALIKE = {"commonmark": "markdown", "gfm": "markdown", "ndjson": "json", "epub": "html"}


# ---- documents ----------------------------------------------------------------------------------------

def el(t, *c):
    return {"t": t, "c": c[0] if len(c) == 1 else list(c)} if c else {"t": t}


def text(words):
    out = []
    for w in words.split(" "):
        out += [el("Space")] * bool(out) + [el("Str", w)]
    return out


def para(*inlines):
    return [el("Para", [i for x in inlines for i in (text(x) if isinstance(x, str) else [x])])]


def around(t, *before):
    """A paragraph with an inline node around one word."""
    return para("before", el("Space"), el(t, *before, text("Wordword")), el("Space"), "after")


ATTR = ["", [], []]


def cell(words):
    return [ATTR, el("AlignDefault"), 1, 1, [el("Plain", text(words))]]


def row(*words):
    return [ATTR, [cell(w) for w in words]]


def table(short=None):
    caption = [short, [el("Plain", text("Captionword"))]]
    cols = [[el("AlignRight"), el("ColWidthDefault")], [el("AlignDefault"), el("ColWidthDefault")]]
    body = [ATTR, 0, [], [row("Bodyone", "Bodytwo")]]
    return [el("Table", ATTR, caption, cols, [ATTR, [row("Headone", "Headtwo")]], [body], [ATTR, [row("Footone", "Foottwo")]])]


def figure():
    image = el("Image", ATTR, text("Altword"), ["none.png", ""])
    return [el("Figure", ATTR, [None, [el("Plain", text("Captionword"))]], [el("Plain", [image])])]


CITATION = {"citationId": "hale1901", "citationPrefix": text("see"), "citationSuffix": text("page 4"), "citationNoteNum": 1,
            "citationHash": 0, "citationMode": el("NormalCitation")}
CITE = para("before", el("Space"), el("Cite", [CITATION], text("[see Hale, page 4]")))
TERMS = [el("DefinitionList", [[text("Termword"), [[el("Plain", text("Detailword"))]]]])]
NUMBERED = [el("OrderedList", [3, el("Decimal"), el("Period")], [[el("Plain", text("Wordword"))], [el("Plain", text("Otherword"))]])]
BULLETS = [el("BulletList", [[el("Plain", text("Wordword"))], [el("Plain", text("Otherword"))]])]
VERSE = [el("LineBlock", [text("Wordword one"), text("Otherword two")])]
TABLE = {"markdown": r"\|\s*Headone\s*\|\s*Headtwo\s*\|\n\|\s*-+:\s*\|.*\n\|\s*Bodyone\s*\|\s*Bodytwo",
         "commonmark": r"<table>.*<th.*Headone.*<td.*Bodyone", "html": r"<table>.*<th[^>]*>Headone.*<td[^>]*>Bodyone",
         "plain": r"Headone +Headtwo\n.*Bodyone +Bodytwo", "pdf": r"Table .*TH:.*\"Headone\".*TD\n.*\"Bodyone\""}


def cases():
    """Node: document (blocks, or a dictionary of metadata), patterns."""
    plain = {"markdown": "Wordword", "html": "<li>Wordword</li>", "plain": r"-\s+Wordword", "pdf": r"LBody.*\"Wordword\""}
    return {
        "DOC": (para("Wordword"), {"markdown": r"^Wordword$", "html": r"<p>Wordword</p>", "plain": r"^Wordword$",
                                   "json": r'^{"pandoc-api-version"', "pdf": r"Document"}),
        "PLAIN": (BULLETS, plain),
        "PARA": (para("Wordword") + para("Otherword"), {
            "markdown": r"Wordword\n\nOtherword", "html": r"<p>Wordword</p>\s*<p>Otherword</p>", "plain": r"Wordword\n\nOtherword",
            "pdf": r"P \(block\)\s+\"Wordword\"\s+P \(block\)\s+\"Otherword\""}),
        "LINES": (VERSE, {"markdown": r"^Wordword one(\\|  )\nOtherword two", "html": r"Wordword one.*<br ?/?>\s*Otherword two",
                          "plain": r"Wordword one\n *Otherword two", "pdf": r"Wordword one.*Otherword two"}),
        "CODEBLOCK": ([el("CodeBlock", ["", ["python"], []], "if a:\n    Wordword")], {
            "markdown": r"```\s?python\nif a:\n    Wordword\n```",
            "html": r"<pre[^>]*><code class=\"language-python\">if a:\n    Wordword\n?</code></pre>",
            "plain": r"if a:\n\s+Wordword", "pdf": r"Code.*if a:.*Wordword"}),
        "RAWBLOCK": ([el("RawBlock", "html", "<p>Wordword</p>")], {
            "markdown": "Wordword", "html": r"<p>Wordword</p>", "plain": "Wordword", "pdf": "Wordword"}),
        "QUOTE": ([el("BlockQuote", para("Wordword"))], {
            "markdown": r"^> Wordword", "html": r"<blockquote>\s*<p>Wordword", "plain": r"^\s+Wordword|> Wordword",
            "pdf": r"BlockQuote.*\"Wordword\""}),
        "OLIST": (NUMBERED, {"markdown": r"^3\.\s+Wordword\n+4\.\s+Otherword", "html": r"<ol start=\"3\">\s*<li>Wordword",
                             "plain": r"3\.\s+Wordword\n+\s*4\.\s+Otherword", "pdf": r"LI .*\"3\. ?\".*\"Wordword\".*\"4\. ?\""}),
        "ULIST": (BULLETS, {"markdown": r"^ *- +Wordword", "html": r"<ul>\s*<li>Wordword</li>", "plain": r"- +Wordword",
                            "pdf": r"L \(block\).*LI \(block\).*\"Wordword\""}),
        "DLIST": (TERMS, {"markdown": r"Termword\n+:\s+Detailword", "commonmark": r"Termword.*Detailword", "gfm": r"Termword.*Detailword",
                          "html": r"<dl>\s*<dt>Termword</dt>\s*<dd>Detailword</dd>", "plain": r"Termword\n+ +Detailword",
                          "pdf": r"L \(block\).*\"Termword\".*\"Detailword\""}),
        "HEAD": (para("Text") + [el("Header", 2, ["here", [], []], text("Wordword"))] + para("Text"), {
            "markdown": r"^## Wordword", "html": r"<h2[^>]*>Wordword</h2>", "plain": r"Wordword", "pdf": r"H2 \(block\)\s+\"Wordword\""}),
        "RULE": (para("Wordword") + [el("HorizontalRule")] + para("Otherword"), {
            "markdown": r"Wordword\n\n(-\s?){3,}\n\nOtherword", "html": r"<hr ?/?>", "plain": r"Wordword\n\n *\* \* \*\n\nOtherword",
            "pdf": r"Wordword.*Otherword"}),
        "TABLE": (table(), TABLE),
        "FIGURE": (figure(), {"markdown": r"Altword[^\n]*none\.png.*Captionword", "html": r"<figure.*Altword.*<figcaption>.*Captionword",
                              "plain": r"Captionword", "pdf": r"Altword.*Captionword|Captionword"}),
        "DIV": ([el("Div", ["", ["box"], []], para("Wordword"))], {
            "markdown": r"Wordword", "html": r"<p>Wordword</p>", "plain": r"Wordword", "pdf": r"\"Wordword\""}),
        "TEXT": (para("Wordword *star* 1 < 2"), {
            "markdown": r"Wordword \\\*star\\?\* 1 (<|\\<|&lt;) 2", "html": r"Wordword \*star\* 1 &lt; 2", "plain": r"Wordword \*star\* 1 < 2",
            "pdf": r"Wordword \*star\* 1 < 2"}),
        "EMPH": (around("Emph"), {"markdown": r"\*Wordword\*", "html": r"<em>Wordword</em>", "plain": "before Wordword", "pdf": "Wordword"}),
        "UNDERLINE": (around("Underline"), {"markdown": r"<u>Wordword</u>|\[Wordword\]\{\.underline\}|Wordword", "html": r"<u>Wordword</u>",
                                            "plain": "before Wordword", "pdf": "Wordword"}),
        "STRONG": (around("Strong"), {"markdown": r"\*\*Wordword\*\*", "html": r"<strong>Wordword</strong>", "plain": "before Wordword", "pdf": "Wordword"}),
        "STRIKE": (around("Strikeout"), {"markdown": r"~~Wordword~~", "commonmark": r"(<del>|<s>)?Wordword", "html": r"<(del|s)>Wordword</(del|s)>",
                                         "plain": "Wordword", "pdf": "Wordword"}),
        "SUPER": (around("Superscript"), {"markdown": r"\^Wordword\^", "commonmark": r"<sup>Wordword</sup>", "gfm": r"<sup>Wordword</sup>",
                                          "html": r"<sup>Wordword</sup>", "plain": "Wordword", "pdf": "Wordword"}),
        "SUB": (around("Subscript"), {"markdown": r"~Wordword~", "commonmark": r"<sub>Wordword</sub>", "gfm": r"<sub>Wordword</sub>",
                                      "html": r"<sub>Wordword</sub>", "plain": "Wordword", "pdf": "Wordword"}),
        "SMALLCAPS": (around("SmallCaps"), {"markdown": "Wordword", "html": r"<span class=\"smallcaps\">Wordword</span>", "plain": "(?i)Wordword",
                                            "pdf": "(?i)Wordword"}),
        "QUOTED": (around("Quoted", el("DoubleQuote")), {"markdown": r"[“\"]Wordword[”\"]", "html": r"[“\"]Wordword[”\"]|<q>Wordword</q>",
                                                         "plain": r"[“\"]Wordword[”\"]", "pdf": r"[“\"]Wordword[”\"]"}),
        "CITE": (CITE, {"markdown": "see Hale, page 4", "html": "see Hale, page 4", "plain": "see Hale, page 4", "pdf": "see Hale, page 4"}),
        "CODE": (para(el("Code", ATTR, "Word  `word`")), {"markdown": r"`` ?Word  `word` ?``", "html": r"<code>Word {1,2}`word`</code>", "plain": "Word +`word`",
                                                         "pdf": r"Word +`word`"}),
        "SOFTBREAK": (para("Wordword", el("SoftBreak"), "Otherword"), {
            "markdown": r"Wordword[ \n]Otherword", "html": r"Wordword[ \n]Otherword", "plain": r"Wordword[ \n]Otherword", "pdf": r"Wordword[ \n]+Otherword"}),
        "LINEBREAK": (para("Wordword", el("LineBreak"), "Otherword"), {
            "markdown": r"Wordword(\\|  )\nOtherword", "html": r"Wordword<br ?/?>\s*Otherword", "plain": r"Wordword\nOtherword",
            "pdf": r"Wordword.*Otherword"}),
        "MATH": (para(el("Math", el("InlineMath"), "x^2")), {"markdown": r"\$x\^2\$", "html": r"<math.*<msup>.*x\^2",
                                                            "plain": "x²", "pdf": r"Formula\s+\"\U0001D4652"}),
        "RAWINLINE": (para("before", el("Space"), el("RawInline", "html", "<em>Wordword</em>")), {
            "markdown": "Wordword", "html": r"<em>Wordword</em>", "plain": "Wordword", "pdf": "Wordword"}),
        "LINK": (para(el("Link", ATTR, text("Wordword"), ["https://example.org/x", "Titleword"])), {
            "markdown": r"\[Wordword\]\(https://example\.org/x \"Titleword\"\)", "html": r"<a href=\"https://example\.org/x\"[^>]*>Wordword</a>",
            "plain": r"Wordword", "pdf": r"Link.*\"Wordword\""}),
        "IMAGE": (para(el("Image", ATTR, text("Altword"), ["none.png", "Titleword"])), {
            "markdown": r"!\[Altword\]\(none\.png \"Titleword\"\)", "html": r"<img [^>]*alt=\"Altword\"", "epub": "Altword", "plain": "Altword",
            "pdf": r"Altword"}),
        "NOTE": (para("before", el("Note", para("Noteword"))), {
            "markdown": r"before\[\^1\].*\[\^1\]:\s+Noteword", "commonmark": r"before\[1\].*\[1\]\s+Noteword",
            "html": r"noteref.*<aside[^>]*role=\"doc-footnote\".*Noteword", "plain": r"before\[1\].*\[1\]\s+Noteword", "pdf": r"Note .*\"Noteword\""}),
        "SPAN": (around("Span", ["", ["mark"], []]), {"markdown": "Wordword", "html": r"<mark>Wordword</mark>", "plain": "Wordword", "pdf": "Wordword"}),
        "LINE": (VERSE, {"markdown": r"Otherword two", "html": r"Otherword two", "plain": r"^ *Otherword two", "json": r'"LineBlock","c":\[\[',
                         "pdf": "Otherword two"}),
        "ITEM": (NUMBERED, {"markdown": r"^4\.\s+Otherword", "html": r"<li>Otherword</li>", "plain": r"4\.\s+Otherword", "json": "Otherword",
                            "pdf": r"LI \(block\).*\"Otherword\""}),
        "TERM": (TERMS, {"markdown": r"Termword", "html": r"<dt>Termword</dt>", "plain": r"^Termword", "json": "Termword", "pdf": r"\"Termword\""}),
        "DETAIL": (TERMS, {"markdown": r"Detailword", "html": r"<dd>Detailword</dd>", "plain": r" +Detailword", "json": "Detailword", "pdf": r"\"Detailword\""}),
        "CAPTION": (table(), {"markdown": "Captionword", "html": r"<caption>\s*Captionword\s*</caption>", "plain": "Captionword", "json": "Captionword",
                              "pdf": r"Caption\n.*\"Captionword\""}),
        "SHORTCAP": (table(text("Shortword")), {"markdown": NONE, "html": NONE, "plain": NONE, "json": "Shortword", "pdf": NONE}),
        "THEAD": (table(), {**TABLE, "html": r"<thead>.*Headone.*</thead>", "json": "Headone"}),
        "TBODY": (table(), {**TABLE, "html": r"<tbody>.*Bodyone.*</tbody>", "json": "Bodyone"}),
        "TFOOT": (table(), {"markdown": r"\|\s*Footone\s*\|", "commonmark": "Footone", "html": r"<tfoot>.*Footone.*</tfoot>", "plain": r"Footone +Foottwo",
                            "json": "Footone", "pdf": r"\"Footone\""}),
        "ROW": (table(), {"markdown": r"Bodyone.*Bodytwo", "html": r"<tr>\s*<td[^>]*>Bodyone", "plain": r"Bodyone +Bodytwo", "json": "Bodyone",
                          "pdf": r"TR\n +TD\n"}),
        "CELL": (table(), {"markdown": r"\|\s*Bodytwo", "commonmark": r"<td>Bodytwo", "html": r"<td>Bodytwo</td>", "plain": "Bodytwo", "json": "Bodytwo",
                           "pdf": r"TD\n.*\"Bodytwo\""}),
        "CITATION": (CITE, {"markdown": NONE, "html": NONE, "plain": NONE, "json": r'"citationId":"hale1901"', "pdf": NONE}),
        "PREFIX": (CITE, {"markdown": "see Hale", "html": "see Hale", "plain": "see Hale", "json": '"citationPrefix"', "pdf": "see Hale"}),
        "SUFFIX": (CITE, {"markdown": "page 4", "html": "page 4", "plain": "page 4", "json": '"citationSuffix"', "pdf": "page 4"}),
        # metadata: what a format shows of it, with -s
        "MMAP": ({"extra": el("MetaMap", {"deep": el("MetaString", "Wordword")})}, {
            "markdown": r"extra:\n +deep: Wordword", "commonmark": NONE, "html": NONE, "plain": NONE, "pdf": NONE}),
        "MLIST": ({"author": el("MetaList", [el("MetaString", "Wordword"), el("MetaString", "Otherword")])}, {
            "markdown": r"author:\n +- Wordword\n +- Otherword", "commonmark": "Wordword.*Otherword", "html": "Wordword.*Otherword",
            "epub": r"<dc:creator[^>]*>Wordword.*<dc:creator[^>]*>Otherword", "plain": "Wordword.*Otherword", "pdf": "Wordword.*Otherword"}),
        "MBOOL": ({"draft": el("MetaBool", True)}, {"markdown": r"draft: true", "commonmark": NONE, "html": NONE, "plain": NONE, "pdf": NONE}),
        "MSTRING": ({"title": el("MetaString", "Wordword")}, {
            "markdown": r"title: Wordword", "commonmark": "# Wordword", "html": r"<title>Wordword</title>", "plain": "Wordword", "pdf": "Wordword"}),
        "MINLINES": ({"title": el("MetaInlines", text("Wordword"))}, {
            "markdown": r"title: Wordword", "commonmark": "# Wordword", "html": r"<title>Wordword</title>", "plain": "Wordword", "pdf": "Wordword"}),
        "MBLOCKS": ({"title": el("MetaBlocks", [el("Plain", text("Wordword"))])}, {
            "markdown": r"title: Wordword", "commonmark": "# Wordword", "html": r"<title>Wordword</title>", "plain": "Wordword", "pdf": "Wordword"}),
    }


# ---- what was written ---------------------------------------------------------------------------------

def written(offprint, folder, what, fmt):
    """The output as text: of EPUB all its parts, of PDF its structure with the text."""
    meta, blocks = (what, para("Bodyword")) if isinstance(what, dict) else ({}, what)
    doc = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks})
    out = os.path.join(folder, "out")
    said = subprocess.run([offprint, "-q", "-s" if meta else "--no-standalone", "-f", "json", "-", "-t",
                           fmt + "+api1.23" * ("json" in fmt), "-o", out],
                          input=doc.encode(), capture_output=True)
    if said.returncode:
        return f"status {said.returncode}: {said.stderr.decode()}"
    if fmt == "epub":
        with zipfile.ZipFile(out) as z:
            return "".join(z.read(n).decode() for n in z.namelist() if n.endswith(("html", "opf")))
    if fmt == "pdf":
        show = [["pdfinfo", "-struct-text", out], ["pdftotext", "-layout", out, "-"]]
        return "".join(subprocess.run(c, capture_output=True).stdout.decode("utf-8", "replace") for c in show)
    with open(out, encoding="utf-8") as f:
        return f.read()


def pattern(patterns, fmt, name):
    """A node's name is its trace in our own trees."""
    if fmt in patterns:
        return patterns[fmt]
    if fmt == "dump":
        return r"^ *(\w+: )?" + re.escape(name) + r"\b"
    if fmt == "json" and name[0].isupper():
        return r'"t":"' + name + '"' if name != "Pandoc" else name
    return pattern(patterns, ALIKE[fmt], name) if fmt in ALIKE else "no pattern"


def rows(path, macro):
    with open(path, encoding="utf-8") as f:
        return re.findall(rf"^{macro}\((.*)\)", f.read(), re.M)


def main():
    offprint, folder = sys.argv[1:]
    nodes = [re.match(r'(\w+),\s*"([^"]*)"', r).groups() for r in rows("include/offprint/nodes.def", "NODE")]
    formats = [re.match(r'"(\w+)"', r)[1] for r in rows("src/formats.def", "FORMAT")
               if re.search(r"\b(LINKED|MODULE)\([^)]*ofp_write_", r)]
    given, bad = cases(), 0
    for ident, name in nodes:
        if ident not in given:
            print(f"not ok nodes: no case for {ident}")
            bad += 1
            continue
        what, patterns = given[ident]
        missing = []
        for fmt in formats:
            want = pattern(patterns, fmt, name)
            got = written(offprint, folder, what, fmt) if want else ""
            if want and not re.search(want, got, re.S | re.M):
                missing.append(f"{fmt}: no {want} in\n{got}")
        bad += bool(missing)
        print(f"{'not ok' if missing else 'ok'} nodes: {ident} in {len(formats)} formats", *missing, sep="\n")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
