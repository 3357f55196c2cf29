#!/usr/bin/python3
"""lines.py LINES.jsonl... --truth TRUTH.jsonl... [--tables OUT] [--trees 170] [--depth 5] [--eta .07] [--columns .3]
         [--folds DIR]

Trains the model that cleanup has for text dumps.  LINES.jsonl is what blocks.c prints of the dumps in one folder, which
says their style; their features lie in FOLDER/STYLE as 16-bit integers:

    make build/blocks
    dumps.py CORPUS DUMPS --styles lynx,w3m,innertext,outline,body; dumps.py CORPUS PIECES --pieces build/offprint
    for s in STYLES; do build/blocks -t FOLDER/$s DUMPS/$s/*.txt >$s.jsonl; done
    lines.py *.jsonl --truth CORPUS/truth.jsonl PIECES/truth.jsonl --tables filters/cleanup/lines_model.def

A dump is a file whose name is the id of its record.  TRUTH.jsonl holds a record per page with "id", "source", "url" and
"body".  Texts in a folder named "body" are articles without a page around them: every line belongs, so that the model
learns to leave them alone.  The dumps are those of dumps.py, or those that come with a corpus.

Where people only told pieces of an article and of what is around it, the body is what offprint itself makes of the page's
HTML, taken where it has all the pieces that it must have, none that it must not, and 60 words at least: a page tells in
mark-up what its dump does not.  Such pages are learnt from, and not scored.

Prints 4-gram F1 of five-fold cross-validation for each style; the dumps of one page, and of one domain, are in the
same fold.  With --folds writes the tables of each fold and the ids of the pages that it has not seen, DIR/K.def and
DIR/K.ids, so that the whole program can be judged on these.  One seed, one thread; needs python3-xgboost and python3-numpy, never to build or run offprint.
"""
import argparse, collections, hashlib, json, os, re, urllib.parse
import numpy as np
import xgboost as xgb
from train import FOLDS, SEED, WORD, write_tables

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = re.findall(r"^FEATURE\((\w+),", open(os.path.join(HERE, "..", "lines.def")).read(), re.M)
STYLES = "lynx", "w3m", "innertext", "outline"
SCORED = "rd", "wx"             # whose bodies people marked, or another program that people checked
PICTURE, SOCIAL = 8, 9          # enum kind of cleanup.h


def shingles(t):
    return collections.Counter(tuple(t[i:i + 4]) for i in range(max(1, len(t) - 3))) if t else collections.Counter()


def is_phrase(words, before, t, after):
    return (before and f" {' '.join(before[-2:] + t)} " in words) or (after and f" {' '.join(t + after[:2])} " in words)


def labels(blocks, body):
    """Share of a block's 4-grams that the truth has and no block before it took; short ones go by their neighbours."""
    truth = WORD.findall(body)
    left, words, y = shingles(truth), f" {' '.join(truth)} ", np.zeros(len(blocks))
    for i, t in enumerate(blocks):
        if len(t) < 4:
            continue
        own = shingles(t)
        hit = {g: min(n, left[g]) for g, n in own.items() if g in left}
        y[i] = sum(hit.values()) / sum(own.values())
        for g in hit if y[i] >= .5 else ():
            left[g] -= hit[g]
    on = np.flatnonzero(y >= .5)
    for i in range(max(0, on[0] - 1), min(len(blocks), on[-1] + 2)) if len(on) else ():
        before = next((blocks[k] for k in range(i - 1, -1, -1) if y[k] >= .5), [])
        if 0 < len(blocks[i]) < 4 and is_phrase(words, before, blocks[i], blocks[i + 1] if i + 1 < len(blocks) else []):
            y[i] = 1
    return y


def load(files, truth):
    pages = []
    for f in files:
        for l in open(f, encoding="utf-8", errors="replace"):
            p = json.loads(l, strict=False)
            folder, name = os.path.split(p["file"])
            r = truth.get(os.path.splitext(name)[0])
            if not r or not p["n"]:
                continue
            t = [WORD.findall(b) for b in p["blocks"]]
            p.update(id=r["id"], body=r["body"], kind=r.get("page_type"), style=os.path.basename(folder), source=r["source"])
            p["key"] = urllib.parse.urlparse(r["url"] or "").netloc if r["source"] == "wx" else r["id"]
            p["x"] = np.fromfile(p["file"] + ".fx", np.int16).reshape(p["n"], p["m"])
            p["words"] = np.array([len(w) for w in t], float)
            p["y"] = np.ones(p["n"]) if p["style"] == "body" else labels(t, p["body"])
            pages.append(p)
    return pages


def folds(pages):
    order = sorted({(p["source"], hashlib.md5(p["key"].encode()).hexdigest()) for p in pages})
    of = {h: k % FOLDS for k, (_, h) in enumerate(order)}
    return np.array([of[hashlib.md5(p["key"].encode()).hexdigest()] for p in pages])


def is_used(p):
    """One page in four styles tells no more than in two, and a third of the bodies is enough: more did not help."""
    turn = int(hashlib.md5(p["id"].encode()).hexdigest(), 16)
    if p["style"] not in STYLES:
        return turn % 3 == 0
    if p["source"] == "rd":
        return True
    turn += STYLES.index(p["style"])
    return turn % (2 if p["kind"] == "article" else 4) == 0


def page_weight(p):
    """What people marked as an article counts most; of a shop or a list of links only part was ever marked."""
    if p["style"] == "body":
        return .4
    if p["source"] == "wx":
        return .7 if p["kind"] == "article" else .3
    return 1 if len(WORD.findall(p["body"])) >= 30 else .4


def weights(p):
    """Of the many short lines that are not the article two fifths stand for all, which saves time."""
    v = np.sqrt(p["words"])
    v *= page_weight(p) / max(v.sum(), 1)
    short = (p["y"] < .02) & (p["words"] <= 3)
    return np.where(short, np.where(np.random.RandomState(SEED + p["n"]).rand(p["n"]) < .4, v / .4, 0), v)


def fit(pages, a):
    used = [(p, w, w > 0) for p in pages if is_used(p) for w in [weights(p) * 30]]
    x = np.concatenate([p["x"][ok] for p, _, ok in used]).astype(np.float32)
    y = np.concatenate([p["y"][ok] for p, _, ok in used])
    w = np.concatenate([w[ok] for _, w, ok in used])
    data = xgb.QuantileDMatrix(x, label=y, weight=w, max_bin=64)
    return xgb.train({"objective": "reg:logistic", "max_depth": a.depth, "eta": a.eta, "colsample_bytree": a.columns,
                      "subsample": .7, "min_child_weight": 4, "reg_lambda": 2, "tree_method": "hist", "max_bin": 64,
                      "base_score": .5, "seed": SEED, "nthread": 1}, data, a.trees)


def is_plain(p):
    """The same gate as in kinds.c."""
    strong = (p["x"][:, COLUMNS.index("kind")] >= SOCIAL).sum()
    foreign = p["words"][p["p"] < .1].sum() / max(p["words"].sum(), 1)
    less, more = sorted((p["p"][:5].mean(), p["p"][-5:].mean()))
    framed = more < .15 and foreign > .04
    return strong * 200 <= p["n"] and not framed or foreign < .01 + .15 * more or less > .15


def keep(p):
    """The same choice as in text.c, but for what its rules add."""
    if is_plain(p):
        return np.ones(p["n"], bool)
    total = best = start = a = z = 0
    for i, v in enumerate((p["p"] - .45) * (p["x"][:, COLUMNS.index("words")] + 1)):
        if total <= 0:
            total, start = 0, i
        total += v
        if total > best:
            best, a, z = total, start, i + 1
    at = np.arange(p["n"])
    cut = .35 if p["p"].max() >= .35 else .6 * p["p"].max()
    kept = (p["p"] >= cut) & ((at >= a) & (at < z) | (a == z)) & (p["x"][:, COLUMNS.index("kind")] != PICTURE)
    prose = p["x"][:, COLUMNS.index("prose")]
    return kept if prose[kept].any() and p["words"][kept].sum() * 20 >= p["words"].sum() else p["p"] >= .1


def loss(p, keep):
    a = shingles(WORD.findall(p["body"]))
    b = shingles([w for t, k in zip(p["blocks"], keep) if k for w in WORD.findall(t)])
    both, one, other = sum((a & b).values()), sum(a.values()), sum(b.values())
    return both / other if other else None, both / one if one else None


def report(pages):
    by = collections.defaultdict(list)
    for p in pages:
        if p["source"] in SCORED:
            by[p["source"] + " " + p["style"]].append(loss(p, keep(p)))
    for k, v in sorted(by.items()):
        prec, rec = (np.mean([x[i] for x in v if x[i] is not None]) for i in (0, 1))
        print(f"{k:14} {len(v):4} dumps  F1 {2 * prec * rec / (prec + rec):.3f}  P {prec:.3f}  R {rec:.3f}", flush=True)


def validate(pages, a):
    fold = folds(pages)
    for k in range(FOLDS):
        model = fit([p for p, f in zip(pages, fold) if f != k], a)
        unseen = [p for p, f in zip(pages, fold) if f == k]
        for p in unseen:
            p["p"] = model.inplace_predict(p["x"].astype(np.float32))
        if a.folds:
            write_tables([model], f"{a.folds}/{k}.def", pages[0]["m"], "lines.py", "lines.def and lines.c")
            open(f"{a.folds}/{k}.ids", "w").write("".join(i + "\n" for i in sorted({p["id"] for p in unseen})))
    report(pages)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lines", nargs="+"), ap.add_argument("--truth", nargs="+", required=True)
    ap.add_argument("--tables"), ap.add_argument("--trees", type=int, default=170), ap.add_argument("--depth", type=int, default=5)
    ap.add_argument("--eta", type=float, default=.07), ap.add_argument("--columns", type=float, default=.3)
    ap.add_argument("--folds")
    a = ap.parse_args()
    truth = {r["id"]: r for f in a.truth for r in map(json.loads, open(f, encoding="utf-8")) if r.get("body")}
    pages = load(a.lines, truth)
    print(f"{len(pages)} dumps, {sum(p['n'] for p in pages)} blocks, {pages[0]['m']} columns", flush=True)
    if a.tables:
        write_tables([fit(pages, a)], a.tables, pages[0]["m"], "lines.py", "lines.def and lines.c")
    validate(pages, a)


if __name__ == "__main__":
    main()
