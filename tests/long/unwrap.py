"""unwrap.py [--every N] [--from N] [--show N] [--style S] OFFPRINT CORPUS...: wrapped paragraphs come back whole.

Each body of the folders' truth.jsonl becomes a text file: its lines wrapped at one of WIDTHS, a blank line between
them, three bodies in one file where they are short.  The text reader must give back each paragraph word for word and
as one block, without the cleanup filter.

A paragraph is a line of a body that takes two lines or more when wrapped, or that ends as a sentence does and has
five words.  It must come back as a paragraph; one that does not end as a sentence may also become a heading, and so may
a question or an exclamation of one line.
Lines that begin with a bullet or a number are items: they are wrapped with their text hanging, stand under each other
where they do in the body, and are counted apart.  Not counted, but in the file as neighbours all the same: shorter lines;
lines with tabs, two bars or runs of blanks, which are rows of tables; lines that begin with blanks, which are code or verse
and are not wrapped either.

Styles: plain as above; margin, three columns off as browsers dump; book, first lines set in and no blank lines between
paragraphs; mail, quoted with "> ".  Half the files are also broken behind hyphens inside words.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile, unicodedata

WIDTHS = (60, 66, 72, 76, 80)
STYLES = {"plain": ("", ""), "margin": ("   ", "   "), "book": ("    ", ""), "mail": ("> ", "> ")}
ITEM = re.compile(r"(?:[-*+•·▪◦‣●○■□–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s+(?=\S)")
END = re.compile(r"[.!?:;…。！？][\"'”’)\]»*_]*$")
ROW = re.compile(r"\t|\|.*\||\S {3,}\S")
CJK = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
CLOSERS = "、。，．！？）」』】》：；”’…"


def columns(s):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)


def pieces(line, hyphens):
    """What may not be divided, each with the blank before it: words, their parts at hyphens, single ideographs."""
    for word in line.split():
        parts = re.split(r"(?<=\w-)(?=\w{2})", word) if hyphens and "://" not in word else [word]
        for i, part in enumerate(parts):
            cut = re.findall(r"[^%s]+|.[%s]*" % (CJK.pattern[1:-1], CLOSERS), part) if CJK.search(part) else [part]
            for k, c in enumerate(cut):
                yield " " if i == k == 0 else "", c


def wrap(line, width, at, hyphens):
    lines = [""]
    for blank, piece in pieces(line, hyphens):
        n = columns(piece)
        if lines[-1] and at + len(blank) + n > width:
            lines.append("")
            at = 0
        blank = blank if lines[-1] else ""
        lines[-1] += blank + piece
        at += len(blank) + n
    return lines


class Line:
    def __init__(self, text):
        mark = ITEM.match(text.strip())
        self.kind = "other" if not text.strip() or text[0].isspace() or ROW.search(text) else "item" if mark else "text"
        self.mark = mark.group().strip() if self.kind == "item" else ""
        self.raw = text
        self.text = text.strip()[mark.end():].strip() if self.kind == "item" else text.strip()

    def lay_out(self, width, first, rest, hyphens):
        """Lines of the file; sets what is expected of them."""
        self.ends = bool(END.search(self.text))
        self.counts = self.kind != "other"
        if self.kind == "other":
            return [self.raw.rstrip()]
        lead = self.mark + " " if self.mark else ""
        lines = wrap(self.text, width - len(rest) - len(lead), 0 if self.mark else len(first) - len(rest), hyphens)
        self.counts = len(lines) > 1 or (self.ends and len(self.text.split()) >= 5)
        self.may_head = not self.ends or (len(lines) == 1 and self.text[-1] in "?!")
        first = rest if self.mark or not self.counts else first
        return [(first + lead if i == 0 else rest + " " * len(lead)) + s for i, s in enumerate(lines)]

    def runs_on(self, before):
        """Stands directly below the paragraph before, as in books."""
        return before and self.kind == before.kind == "text" and self.counts and before.counts


def parse(body):
    """Lines of a body, each with whether a blank line comes before it; items keep together as they stand."""
    lines, gap, last = [], True, None
    for text in body.split("\n"):
        if not text.strip():
            gap = True
            continue
        line = Line(text)
        together = last and last.kind == line.kind and line.kind != "text" and not gap
        lines.append((line, not together))
        last, gap = line, False
    return lines


def windows(m):
    return m.group().encode("latin-1").decode("cp1252", "ignore")


def plain(words):
    return " ".join(re.sub("[\x80-\x9f]", windows, re.sub(r"[*_`<>]", "", words)).split())


def inline_text(node, out):
    if isinstance(node, list):
        for n in node:
            inline_text(n, out)
        return
    t, c = node["t"], node.get("c")
    if t == "Str":
        out.append(c)
    elif t in ("Space", "SoftBreak"):
        out.append(" ")
    elif t == "Code":
        out.append(c[1])
    elif t == "LineBreak":
        out.append(" \n ")
    else:
        inline_text(c[1] if t in ("Link", "Span", "Quoted") else c, out)


def blocks(node, found):
    """Counts (kind, words) of each paragraph and heading; P stands for both names of paragraphs."""
    if isinstance(node, list):
        for n in node:
            blocks(n, found)
    elif isinstance(node, dict):
        t, c = node.get("t"), node.get("c")
        if t in ("Para", "Plain", "Header"):
            out = []
            inline_text(c[2] if t == "Header" else c, out)
            found["H" if t == "Header" else "P", plain("".join(out))] += 1
        else:
            blocks(c, found)


def take(found, line):
    ways = [("P", line.text)] + ([("H", line.text)] if line.may_head or line.mark else [])
    if line.mark:
        ways += [("P", f"{line.mark} {line.text}"), ("H", f"{line.mark} {line.text}")]
    for kind, text in ways:
        key = kind, plain(text)
        if found[key]:
            found[key] -= 1
            return True
    return False


def files(bodies, style, every, start):
    """Yields (name, width, lines, text): bodies together until they have five paragraphs."""
    first, rest = STYLES[style]
    names, lines, n = [], [], 0
    for name, body in bodies:
        names.append(name)
        lines += parse(body)
        if sum(1 for l, _ in lines if l.kind == "text") < 5:
            continue
        n += 1
        if (n - 1) % every == start % every:
            width, out, before = WIDTHS[(n + n // 5) % len(WIDTHS)], [], None
            for line, blank in lines:
                put = line.lay_out(width, first, rest, n // 2 % 2)
                if blank and not (first != rest and line.runs_on(before)):
                    out.append(rest.rstrip())
                out += put
                before = line
            yield "+".join(names), width, [l for l, _ in lines], "\n".join(out).strip("\n") + "\n"
        names, lines = [], []


def read_all(offprint, texts):
    with tempfile.TemporaryDirectory() as d:
        paths = []
        for i, text in enumerate(texts):
            paths.append(f"{d}/{i:04}.txt")
            with open(paths[-1], "w", encoding="utf-8", errors="replace") as f:
                f.write(text)
        run = subprocess.run([offprint, "-q", "-f", "text", "-t", "ndjson", "--cleanup=off", *paths], stdout=subprocess.PIPE, check=True)
        return [json.loads(l) for l in run.stdout.splitlines()]


def bodies_of(corpora):
    for c in corpora:
        for l in open(os.path.join(c, "truth.jsonl"), encoding="utf-8"):
            page = json.loads(l)
            if (page.get("body") or "").strip():
                yield page["id"], page["body"].replace("\r\n", "\n").replace("\r", "\n")


def measure(o, style, sums):
    batch, shown = [], 0

    def judge():
        nonlocal shown
        for (name, width, lines, _), doc in zip(batch, read_all(o.offprint, [b[3] for b in batch])):
            found = collections.Counter()
            blocks(doc["blocks"], found)
            for l in lines:
                if not l.counts:
                    continue
                whole = take(found, l)
                for key in ((style, l.kind), (style, l.kind, width)):
                    sums[key][0] += 1
                    sums[key][1] += whole
                if not whole and shown < o.show:
                    shown += 1
                    print(f"{name} {style} {width} {l.kind}: {l.mark} {l.text[:300]}", flush=True)
        batch.clear()

    for f in files(bodies_of(o.corpus), style, o.every, o.start):
        batch.append(f)
        if len(batch) == 50:
            judge()
    judge()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--every", type=int, default=1)
    a.add_argument("--from", dest="start", type=int, default=0)
    a.add_argument("--show", type=int, default=0)
    a.add_argument("--style", default=",".join(STYLES))
    a.add_argument("offprint")
    a.add_argument("corpus", nargs="+")
    o = a.parse_args()
    sums = collections.defaultdict(lambda: [0, 0])
    for style in o.style.split(","):
        measure(o, style, sums)
    print(f"{'style':8}{'kind':6}{'all':>8}{'whole':>8}{'':9}" + "".join(f"{w:9}" for w in WIDTHS))
    for (style, kind), (n, whole) in [(k, v) for k, v in sums.items() if len(k) == 2]:
        each = [sums[style, kind, w] for w in WIDTHS]
        print(f"{style:8}{kind:6}{n:8}{whole:8}{100 * whole / max(n, 1):8.2f}%" + "".join(f"{100 * b / max(a, 1):8.2f}%" for a, b in each))
    n, whole = sums["plain", "text"]
    return n > 0 and whole < 0.995 * n


if __name__ == "__main__":
    sys.exit(main())
