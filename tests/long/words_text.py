"""words_text.py [--every N] [--from N] [--show] [--writers A,B] OFFPRINT CORPUS...: no text is lost from text files.

Every body of the folders' truth.jsonl and every file of their dumps/*/ is read as text without the cleanup filter; its
words must be the words of the JSON, and these those of what each writer makes of it, compared as words.py does.

Skipped on purpose:
  the marks of list items: numbers, letters, Roman numerals, and the bullet o
  numbers of links and the list of their addresses, which became links: they count where they are link targets
  fields at the top, which are metadata; fences and the names of languages behind them
  heads and feet of pages, which come back but for their numbers
"""
import glob, json, os, re, sys
from collections import Counter

import words
from words import Job, bag, differences, model_words, of_kinds

MARK = re.compile(r"(?m)^[\s>]*(?:\(?(\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]+)[.)]|(o))\s")
FENCE = re.compile(r"(?m)^[\s>]*(?:```|~~~)\s*(\S*)")


def as_windows(m):
    return m.group().encode("latin-1").decode("cp1252", "ignore")


class TextJob(Job):
    def results(self, writers):
        """Yields step, words wanted, lost, doubled."""
        text = re.sub("[\x80-\x9f]", as_windows, self.page[1])     # C1 controls are meant as windows-1252
        doc = self.json(text.encode("utf-8", "replace"), "text", "metadata")
        [links] = of_kinds(doc["blocks"], "Link")
        targets = bag([" ".join(n["c"][2][0] for n in links)])
        fields = bag([json.dumps({k: v for k, v in doc["meta"].items() if k != "offprint"}, ensure_ascii=False)])
        marks = bag([" ".join(filter(None, m.groups())) + " " for m in MARK.finditer(text)] + [m[1] + " " for m in FENCE.finditer(text)])
        refs = bag(re.findall(r"\[\d+\]", text)) if targets else Counter()
        yield "reader", *differences(bag([text]), model_words(doc["blocks"]), elsewhere=targets + fields + marks + refs)
        yield from self.all_written(doc, writers)


def texts_of(corpora):
    for c in corpora:
        for l in open(os.path.join(c, "truth.jsonl"), encoding="utf-8"):
            page = json.loads(l)
            if (page.get("body") or "").strip():
                yield page["id"], page["body"]
        for p in sorted(glob.glob(os.path.join(c, "dumps", "*", "*.txt"))):
            yield "/".join(p.split("/")[-2:]), open(p, encoding="utf-8", errors="replace", newline="").read()


def one(args):
    offprint, page, writers = args
    return page[0], list(TextJob(offprint, page).results(writers))


def main():
    o = words.arguments()
    return words.report(o, one, [p for p in list(texts_of(o.corpus))[o.start::o.every] if o.match in p[0]])


if __name__ == "__main__":
    sys.exit(main())
