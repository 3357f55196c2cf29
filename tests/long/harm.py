"""harm.py [--every N] [--from N] [--show N] [--kinds A,B] OFFPRINT CORPUS...: an article loses nothing by the filters.

With the filters on at least 99.5 % of the words stay of
  text      every body of the folders' truth.jsonl as a text file
  wrapped   the same, its lines wrapped at 72 columns
  markdown  every article that a folder gives as Markdown
  html      every article of the folders' expected/*.html
The words are those of the same file read without filters.  What became metadata counts as kept: it stands above the
article.  Prints for each kind the words kept, and how many files keep less than 99.5 % of theirs; --show lists these
with what was dropped and the rule that did it.
"""
import argparse, collections, glob, json, os, re, subprocess, sys, tempfile, textwrap, unicodedata

WORD = re.compile(r"[^\W_]+")
KINDS = "text wrapped markdown html".split()
LEAST = 0.995


def words_of(text):
    return collections.Counter(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def strings(node, out):
    """Text of pandoc's JSON; blocks apart, addresses of links and tags left out."""
    if isinstance(node, list):
        for n in node:
            strings(n, out)
    elif isinstance(node, dict) and "t" in node:
        t, c = node["t"], node.get("c")
        if t in ("Str", "MetaString"):
            out.append(c if t == "Str" else f" {c} ")
        elif t in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
            out.append(re.sub(r"<[^>]*>", " ", c[1]) if t.startswith("Raw") else c[1])
        elif t in ("Link", "Image", "Span", "Quoted"):
            strings(c[1], out)
        else:
            out.append("" if t in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline") else " ")
            strings(list(c.values()) if isinstance(c, dict) else c, out)
            out.append(" " if t in ("Para", "Plain", "Header") else "")


def words_in(doc, meta):
    out = []
    strings(doc["blocks"], out)
    out.append(" ")
    strings([v for k, v in doc["meta"].items() if meta and k != "offprint"], out)
    return words_of("".join(out))


def wrapped(body):
    keep = textwrap.TextWrapper(72, break_long_words=False, break_on_hyphens=False)
    return "\n".join("\n".join(keep.wrap(l)) for l in body.split("\n")) + "\n"


def inputs(kind, corpora):
    """Yields name, reader's format and bytes of each file."""
    for c in corpora:
        if kind == "html":
            for p in sorted(glob.glob(os.path.join(c, "expected", "*.html"))):
                yield os.path.basename(p)[:-5], "html", open(p, "rb").read()
            continue
        for l in open(os.path.join(c, "truth.jsonl"), encoding="utf-8"):
            page = json.loads(l)
            text = page.get("markdown" if kind == "markdown" else "body") or ""
            if text.strip():
                text = wrapped(text) if kind == "wrapped" else text
                yield page["id"], "markdown" if kind == "markdown" else "text", text.encode("utf-8", "replace")


def run(offprint, form, paths, meta, *args):
    p = subprocess.run([offprint, "-q", "-f", form, "-t", "ndjson", *args, *paths], stdout=subprocess.PIPE, check=True)
    return [words_in(json.loads(l), meta) for l in p.stdout.splitlines()]


def measure(o, kind):
    files = words = kept = bad = shown = 0
    todo = list(inputs(kind, o.corpus))[o.start::o.every]
    for at in range(0, len(todo), 50):
        batch = todo[at:at + 50]
        with tempfile.TemporaryDirectory() as d:
            paths = []
            for name, form, data in batch:
                paths.append(f"{d}/{name}.{form}")
                with open(paths[-1], "wb") as f:
                    f.write(data)
            whole = run(o.offprint, batch[0][1], paths, False, "--cleanup=off")
            for (name, form, _), path, want, got in zip(batch, paths, whole, run(o.offprint, form, paths, True)):
                n, stay = sum(want.values()), sum((want & got).values())
                files, words, kept = files + 1, words + n, kept + stay
                if stay >= LEAST * n:
                    continue
                bad += 1
                if shown < o.show:
                    shown += 1
                    print(f"{name} {kind}: {stay} of {n} words, lost {' '.join(list(want - got)[:12])}", flush=True)
                    subprocess.run([o.offprint, "-q", "-f", form, "-t", "json", "-o", os.devnull, "--explain=-", path])
    print(f"{kind:10}{files:7} files {words:9} words, {100 * kept / max(words, 1):7.3f}% kept; {bad} files below {100 * LEAST}%", flush=True)
    return kept >= LEAST * words


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--every", type=int, default=1)
    a.add_argument("--from", dest="start", type=int, default=0)
    a.add_argument("--show", type=int, default=0)
    a.add_argument("--kinds", default=",".join(KINDS))
    a.add_argument("offprint")
    a.add_argument("corpus", nargs="+")
    o = a.parse_args()
    return not all([measure(o, kind) for kind in o.kinds.split(",")])


if __name__ == "__main__":
    sys.exit(main())
