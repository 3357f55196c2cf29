#!/usr/bin/env python3
"""train.py CLAIMS.jsonl TRUTH.jsonl... [--signs filters/metadata/signs.def]

Learns how much each sign weighs.  CLAIMS.jsonl is what claims.c prints, a line per page with what it says of its
authors and its date:

    make build/claims && build/claims -u URL PAGE ... >CLAIMS.jsonl

PAGE is a file named by the id of its record.  TRUTH.jsonl holds a record per page with "id", "url", "author" and "date"
(text; null or "" where nobody knows).  A claim is right where it is what a person read off the page.

Prints, for each field, how often the surest claim is right in five-fold cross-validation grouped by domain, and what it
would be on the pages that were learnt from; with --signs writes the weights, in 1/100 of log-odds, into the table.
A page's choice among its claims is a softmax with a small penalty on large weights, climbed by Adam; needs python3-numpy,
never to build or run offprint.
"""
import argparse, collections, hashlib, json, os, re, unicodedata, urllib.parse
import numpy as np

FOLDS, PENALTY, UNKNOWN, STEPS = 5, 1.0, 0.3, 500
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "‘’‚`´ʼ"), "'")


def norm(s):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", s).translate(DASHES)).strip().casefold()


def people(value):
    out = set()
    for item in value if isinstance(value, list) else [value]:
        item = re.sub(r"^(written |posted )?(by|von|par|por|di|door)\b[\s:]*", "", norm(item))
        for name in re.split(r"\s*[,;&/|•·]\s*|\s+(?:and|und|et|y|e)\s+", item):
            out.add(re.sub(r"^(by|von|par|por)\s+", "", name.strip(" .:-")))
    return out - {""}


def rightness(field, truth, values):
    """1 for the truth, less for a part of it."""
    if field == "date":
        return float(values[0][:10] == truth[:10])
    if field == "title":
        a, b = (collections.Counter(re.findall(r"\w+", norm(s))) for s in (truth, values[0]))
        return float(2 * sum((a & b).values()) >= 0.8 * sum((a + b).values()))
    a, b = people(truth), people(values)
    return 1.0 if a == b else 0.3 if a & b else 0.0


def domain(record):
    host = urllib.parse.urlparse(record.get("url") or "").netloc or record["id"]
    return ".".join(host.split(".")[-2:])


def fold_of(record):
    return int(hashlib.md5(domain(record).encode()).hexdigest(), 16) % FOLDS


def load(claims, truths):
    records = {}
    for path in truths:
        with open(path, encoding="utf-8") as f:
            records |= {r["id"]: r for r in map(json.loads, f)}
    with open(claims, encoding="utf-8") as f:
        for page in map(json.loads, f):
            name = os.path.basename(page["file"])
            yield records.get(name) or records[os.path.splitext(name)[0]], page


def rows(pages, field, signs):
    """Features, rightness, weight, fold and page of each claim."""
    x, y, w, fold, which = [], [], [], [], []
    for i, (record, page) in enumerate(pages):
        truth = record.get(field)
        for claim in page[field]:
            x.append([float(s in claim[1:]) for s in signs])
            y.append(rightness(field, truth, claim[0]) if truth else 0.0)
            w.append(1.0 if truth else UNKNOWN)
            fold.append(fold_of(record))
            which.append(i)
    return map(np.array, (x, y, w, fold, which))


def fit(x, y, w, which):
    """Each page chooses one of its claims, or none of them: a softmax, where none scores 0."""
    page = np.unique(which, return_inverse=True)[1]
    n = page.max() + 1
    right = (y == 1).astype(float)
    target = right / np.maximum(np.bincount(page, right, n), 1)[page]
    beta, mean, square = (np.zeros(x.shape[1]) for _ in range(3))
    for t in range(1, STEPS + 1):
        e = np.exp(np.clip(x @ beta, -30, 30))
        chosen = e / (1 + np.bincount(page, e, n))[page]
        gradient = x.T @ (w * (target - chosen)) - PENALTY * beta
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient ** 2
        beta += 0.05 * mean / (1 - 0.9 ** t) / (np.sqrt(square / (1 - 0.999 ** t)) + 1e-8)
    return beta


def measure(pages, field, score, which, label):
    hits = {}
    for i in sorted(set(which)):
        record, page = pages[i]
        truth = record.get(field)
        if not truth:
            continue
        mine = np.flatnonzero(which == i)
        best = mine[np.argmax(score[mine])]
        got = rightness(field, truth, page[field][best - mine[0]][0])
        hits.setdefault(record["source"], []).append((got == 1.0, got > 0))
    known = [r for r, _ in pages if r.get(field)]
    for source, pairs in sorted(hits.items()):
        n = sum(r["source"] == source for r in known)
        print(f"{field} {label:10} {source} n={n} right {sum(a for a, _ in pairs) / n:.3f} in part {sum(b for _, b in pairs) / n:.3f}")


def learn(pages, field, signs):
    x, y, w, fold, which = rows(pages, field, signs)
    out = np.zeros(len(y))
    for k in range(FOLDS):
        out[fold == k] = x[fold == k] @ fit(x[fold != k], y[fold != k], w[fold != k], which[fold != k])
    beta = fit(x, y, w, which)
    measure(pages, field, out, which, "held out")
    measure(pages, field, x @ beta, which, "learnt")
    return np.rint(beta * 100).astype(int)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("claims"), ap.add_argument("truth", nargs="+"), ap.add_argument("--signs")
    args = ap.parse_args()
    table_path = args.signs or os.path.join(os.path.dirname(__file__), "..", "signs.def")
    with open(table_path, encoding="utf-8") as f:
        table = f.read()
    pages = list(load(args.claims, args.truth))
    for field in ("author", "date"):
        signs = re.findall(rf"^{field.upper()}\((\w+),", table, re.M)
        for sign, weight in zip(signs, learn(pages, field, signs)):
            table = re.sub(rf"^({field.upper()}\({sign}, )-?\d+\)", rf"\g<1>{weight})", table, flags=re.M)
    if args.signs:
        with open(args.signs, "w", encoding="utf-8") as f:
            f.write(table)


if __name__ == "__main__":
    main()
