#!/usr/bin/env python3
"""train.py BLOCKS.jsonl TRUTH.jsonl [--tables OUT] [--trees 400] [--depth 6] [--forests 3] [--folds DIR]

Trains the block model of cleanup.  BLOCKS.jsonl is what blocks.c prints, a line per page with the texts of its
blocks, their features beside it as 16-bit integers in FOLDER/ID.fx:

    make build/blocks && build/blocks FOLDER PAGE... >BLOCKS.jsonl
    train.py BLOCKS.jsonl TRUTH.jsonl --tables filters/cleanup/model.def

PAGE is a file whose name is the id of its record.  TRUTH.jsonl holds a record per page with "id", "url", "source" and
"body" (the article), or without a body "with" and "without" (pieces that belong to it and that do not).  Files of
several collections may be put one behind the other.

Prints the score of five-fold cross-validation grouped by domain, and where a page has none by the stem of its id: word
F1, mean over pages, for each type of page and each source, and precision and recall of the pieces.  With --tables trains
on all pages and writes the trees as C tables, and tokens.def beside them (nametokens.py); with --folds writes the tables of
each fold and the ids of the pages that it has not seen, DIR/K.def, DIR/K.tokens and DIR/K.ids, so that
the whole program can be judged on these.  What is trained are a few forests that differ by their seed alone, of which the mean
is taken: one is off by chance as much as most features bring.  The seeds are fixed.  Needs python3-xgboost, python3-numpy and
python3-sklearn, never to build or run offprint.
"""
import argparse, collections, hashlib, json, multiprocessing, os, re, urllib.parse
import numpy as np
import xgboost as xgb
import nametokens

SEED, FOLDS = 1, 5
WORD = re.compile(r"\w+")
LEAF_SCALE, LEAF = 4096, -1
COPY_WORDS, LONG_WORDS = 6, 20  # as in copies.c
TYPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "types.def")
KINDS = np.array(re.findall(r"^TYPE\(.*, (\w+)\)", open(TYPES).read(), re.M))   # of the last columns
NODES, MASSES = np.polynomial.hermite_e.hermegauss(5)
SCENES = NODES, MASSES / MASSES.sum()
WEIGHT = {"wx": 1, "rd": .7, "tf": .7, "df": .5}           # marked by people; by another program; in pieces


def tokens(s):
    return [w.lower() for w in WORD.findall(s)]


def grams(t, n):
    return set(zip(*[t[i:] for i in range(n)]))


def covered(t, g3):
    """Share of the tokens that stand in a 3-gram of the truth."""
    cov = [False] * len(t)
    for k in range(len(t) - 2):
        if (t[k], t[k + 1], t[k + 2]) in g3:
            cov[k] = cov[k + 1] = cov[k + 2] = True
    return sum(cov) / len(t)


def first_labels(blocks, lines, g3, joined):
    y = np.zeros(len(blocks))
    for i, t in enumerate(blocks):
        if len(t) >= 4:
            y[i] = covered(t, g3)
        elif tuple(t) in lines:
            y[i] = 1
        elif t:
            before = (blocks[i - 1][-3:] if i else [])[-(4 - len(t)):] + t
            after = t + (blocks[i + 1] if i + 1 < len(blocks) else [])[:4 - len(t)]
            y[i] = any(len(s) >= 3 and " " + " ".join(s) + " " in joined for s in (before, after))
    return y


def drop_copies(blocks, y, joined):
    """Of equal blocks only as many are right as the truth has, those among others that are right."""
    same = collections.defaultdict(list)
    for i, t in enumerate(blocks):
        if y[i] >= .5:
            same[" ".join(t)].append(i)
    size = np.array([len(t) for t in blocks], float)

    def company(i):
        lo, hi = max(0, i - 6), min(len(y), i + 7)
        w = np.minimum(size[lo:hi], 30)
        w[i - lo] = 0
        return (w * y[lo:hi]).sum() / max(w.sum(), 1)

    for s, ix in same.items():
        short = len(s.split()) <= 3
        if len(ix) < 2 and not short:
            continue
        rank = {i: company(i) for i in ix}
        allowed = max(joined.count(" " + s + " "), 1) if len(s) < 4000 else 1
        for k, i in enumerate(sorted(ix, key=lambda i: -rank[i])):
            if k >= allowed or (short and rank[i] < .08):
                y[i] = 0
    return y


def copies(texts, paths):
    """The blocks with the same words in boxes of different kinds, of which copies.c keeps one."""
    same = collections.defaultdict(list)
    for i, t in enumerate(map(tokens, texts)):
        if len(t) >= COPY_WORDS:
            same[" ".join(t)].append(i)
    return [ix for ix in same.values() if len({paths[i] for i in ix}) > 1]


def labels(p):
    lines = [tokens(l) for l in p["body"].split("\n")]
    flat = [w for l in lines for w in l]
    joined = " " + " ".join(flat) + " "
    blocks = [tokens(t) for t in p["blocks"]]
    y = first_labels(blocks, {tuple(l) for l in lines if l}, grams(flat, 3), joined)
    y = drop_copies(blocks, y, joined)
    for ix in p["copies"]:
        y[ix] = max(y[ix])
    return y


def squeeze(s):
    return re.sub(r"\s+", " ", s).strip()


def piece_labels(texts, good, bad):
    """NaN where no piece tells.  A piece that stands in many blocks is no evidence for any of them."""
    texts = [squeeze(t) for t in texts]
    y = np.full(len(texts), np.nan)
    for pieces, value in ((good, 1), (bad, 0)):
        for s in filter(None, map(squeeze, pieces)):
            hit = [i for i, t in enumerate(texts) if s in t]
            if not hit and len(s.split()) > 3:
                hit = [i for i, t in enumerate(texts) if len(t) > 15 and t in s]
            for i in hit if value == 0 or len(hit) < 4 else []:
                y[i] = value
    return y


def domain(p):
    host = urllib.parse.urlparse(p["url"] or "").netloc
    if not host or host == "fakehost":
        return re.sub(r"[-.\d]*$", "", p["id"])
    p = host.split(".")
    return ".".join(p[-(3 if len(p) > 2 and p[-2] in ("co", "com", "org", "ac", "gov") else 2):])


def folds(pages):
    size, of = [0] * FOLDS, {}
    count = collections.Counter(domain(p) for p in pages)
    for d, n in sorted(count.items(), key=lambda z: (-z[1], hashlib.md5(z[0].encode()).hexdigest())):
        k = size.index(min(size))
        of[d], size[k] = k, size[k] + n
    return np.array([of[domain(p)] for p in pages])


def load(blocks_file, truth_file):
    truth = {}
    for l in open(truth_file, encoding="utf-8"):
        r = json.loads(l)
        if r.get("body") is not None or r.get("with"):
            truth[r["id"]] = r
    pages = []
    for l in open(blocks_file, encoding="utf-8", errors="replace"):
        p = json.loads(l, strict=False)
        p["id"] = os.path.basename(p["file"])
        if p["id"] not in truth or not p["n"]:
            continue
        r = truth[p["id"]]
        p.update(url=r.get("url"), body=r.get("body"), source=r["source"], kind=r.get("page_type") or r["source"])
        p["with"], p["without"] = r.get("with") or [], r.get("without") or []
        p["x"] = np.fromfile(p["file"] + ".fx", np.int16).reshape(p["n"], p["m"])
        says = p["x"][0, -len(KINDS):]
        p["stated"], p["goods"] = says[KINDS == "ARTICLE"].any(), says[KINDS == "GOODS"].any()
        p["copies"] = copies(p["blocks"], p["paths"])
        p["y"] = labels(p) if p["body"] is not None else piece_labels(p["blocks"], p["with"], p["without"])
        p["words"] = np.array([len(WORD.findall(t)) for t in p["blocks"]], float)
        pages.append(p)
    return pages


def weights(p):
    """Longer blocks count more, but one long page no more than a few others.  Of the many short blocks that
    are clearly not the article two fifths stand for all, which saves time and changes nothing."""
    size = max(len(WORD.findall(p["body"])), 40) if p["body"] is not None else 400
    v = np.minimum((p["words"] + 2) / size, 1) ** .75
    v[np.isnan(p["y"])] = 0
    v *= WEIGHT[p["source"]] / max(1, v.sum() / 3)
    short = (p["y"] < .02) & (p["words"] <= 3)
    taken = np.random.RandomState(SEED + p["n"]).rand(p["n"]) < .4
    return np.where(short, np.where(taken, v / .4, 0), v)


def seen(p, verdicts):
    """What the trees see: the columns of tokens.c are of a model that does not know the page."""
    x = p["x"].astype(np.float32)
    at = x.shape[1] - len(KINDS) - nametokens.COLUMNS
    x[:, at:at + nametokens.COLUMNS] = nametokens.columns(p, verdicts)
    return x


def fit(job):
    pages, verdicts, a = job
    used = [(p, w, w > 0) for p in pages for w in [weights(p)]]
    x = np.concatenate([seen(p, verdicts[p["id"]])[ok] for p, _, ok in used])
    y = np.concatenate([p["y"][ok] for p, _, ok in used])
    w = np.concatenate([w[ok] for _, w, ok in used])
    data = xgb.QuantileDMatrix(x, label=y, weight=w / w.mean(), max_bin=64, nthread=1)
    how = {"objective": "reg:logistic", "max_depth": a.depth, "eta": a.eta, "colsample_bytree": .15, "subsample": .5,
           "min_child_weight": 5, "reg_lambda": 2, "tree_method": "hist", "max_bin": 64, "base_score": .5, "nthread": 1}
    return [xgb.train({**how, "seed": SEED + k}, data, a.trees).save_raw() for k in range(a.forests)]


def fit_all(jobs):
    with multiprocessing.Pool(2) as pool:
        return [[xgb.Booster(model_file=m) for m in forests] for forests in pool.map(fit, jobs, chunksize=1)]


def judge(forests, x):
    margin = np.mean([m.inplace_predict(x, predict_type="margin") for m in forests], axis=0)
    return 1 / (1 + np.exp(-margin))


def likeliest(p):
    """Probabilities with all copies out but one that is as likely as any, or nearly, as in copies.c."""
    q = p["p"].copy()
    for ix in p["copies"]:
        most = max(p["p"][i] for i in ix)
        best = min(i for i in ix if p["p"][i] >= .9 * most)
        for i in ix:
            if i != best and (p["paths"][i] != p["paths"][best] or p["words"][i] >= LONG_WORDS):
                q[i] = 0
    return q


def cut(p):
    """The same threshold as cut.c: where the best F1 is to be expected, over scenes in which all blocks are likelier or less."""
    prob = likeliest(p)
    order = np.argsort(-prob, kind="stable")
    n, q = p["words"][order], np.clip(prob[order], .001, .999)
    f1 = np.zeros(len(q))
    for x, weight in zip(*SCENES):
        likely = 1 / (1 + np.exp(-(np.sqrt(2) * np.log(q / (1 - q)) + 1.7 * x)))
        f1 += weight * 2 * np.cumsum(likely * n) / (np.cumsum(n) + (likely * n).sum() + 1e-9)
    sure = p["stated"] and not p["goods"] and f1.max() >= .7
    keep = prob >= min(.1 + .5 * q[f1.argmax()] + .25 * f1.max() ** 3, .6) + .05 * p["stated"] + .11 * sure
    return keep if keep.any() else prob >= .6 * prob.max()


def word_f1(kept, body):
    a, b = collections.Counter(tokens(kept)), collections.Counter(tokens(body))
    if not a or not b:
        return float(not a and not b)
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values()))


def report(name, pages):
    by, told = collections.defaultdict(list), np.zeros(3)
    for p in pages:
        kept = "\n\n".join(t for t, k in zip(p["blocks"], cut(p)) if k)
        if p["body"] is None:
            text = squeeze(kept)
            good, bad = (sum(squeeze(s) in text for s in p[k]) for k in ("with", "without"))
            told += good, bad, len(p["with"])
            continue
        f = word_f1(kept, p["body"])
        by[p["kind"]].append(f)
        if p["source"] == "wx":
            by["all"].append(f)
    print(name, "  ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(by.items(), key=lambda z: -len(z[1]))),
          f" pieces P {told[0] / max(told[:2].sum(), 1):.3f} R {told[0] / max(told[2], 1):.3f}", flush=True)


def tree_rows(node, rows, share):
    """Preorder: the left child follows its parent, the right one is found by its offset."""
    at = len(rows)
    if "leaf" in node:
        rows.append((LEAF, int(round(max(-7.9, min(7.9, node["leaf"])) * share * LEAF_SCALE)), 0))
        return
    rows.append(None)
    kids = {c["nodeid"]: c for c in node["children"]}
    tree_rows(kids[node["yes"]], rows, share)
    right = len(rows) - at
    tree_rows(kids[node["no"]], rows, share)
    feature = int(node["split"][1:])
    split = int(np.ceil(node["split_condition"]))          # x < split for integers x
    rows[at] = (feature, max(-32000, min(32001, split)), right)


def write_tables(forests, out, features, script="train.py", columns="features.def"):
    """One forest behind the other, with their shares in the mean as leaves."""
    trees = [json.loads(t) for m in forests for t in m.get_dump(dump_format="json")]
    with open(out, "w") as f:
        f.write("/* Written by train/%s: boosted trees over the columns of %s.  LEAF(value) in 1/%d,\n"
                " * NODE(column, split, other): columns below split go on to the next row, the others by `other` rows.\n"
                " * Trained on WCXB 1.0 by Murrough Foley, CC BY 4.0, and other pages; see NOTICE. */\n" % (script, columns, LEAF_SCALE))
        f.write("COLUMNS(%d)\n" % features)
        for t in trees:
            rows = []
            tree_rows(t, rows, 1 / len(forests))
            f.write("TREE(%d)\n" % len(rows))
            line = ""
            for c, s, o in rows:
                item = f"LEAF({s}) " if c == LEAF else f"NODE({c},{s},{o}) "
                if len(line) + len(item) > 110:
                    f.write(line.rstrip() + "\n")
                    line = ""
                line += item
            f.write(line.rstrip() + "\n")


def validate(pages, fold, models, names, a):
    number, verdicts = names
    for k, forests in enumerate(models):
        unseen = [p for p, f in zip(pages, fold) if f == k]
        for p in unseen:
            p["p"] = judge(forests, seen(p, verdicts[k,]))
        report(f"fold {k}", unseen)
        if a.folds:
            write_tables(forests, f"{a.folds}/{k}.def", pages[0]["m"])
            nametokens.write(number, verdicts[k,], f"{a.folds}/{k}.tokens")
            open(f"{a.folds}/{k}.ids", "w").write("".join(p["id"] + "\n" for p in unseen))
    report("all folds", pages)


def training_sets(pages, fold, names, a):
    """For all pages, then without each fold: the pages, the weights that judge the names of each, the settings."""
    for k in ([None] if a.tables else []) + ([] if a.no_validation else list(range(FOLDS))):
        out = () if k is None else (k,)
        used = [(p, f) for p, f in zip(pages, fold) if f != k]
        yield [p for p, _ in used], {p["id"]: names[1][tuple(sorted(out + (f,)))] for p, f in used}, a


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("blocks"), ap.add_argument("truth"), ap.add_argument("--tables"), ap.add_argument("--folds")
    ap.add_argument("--trees", type=int, default=400), ap.add_argument("--depth", type=int, default=6)
    ap.add_argument("--forests", type=int, default=3)
    ap.add_argument("--eta", type=float, default=.05), ap.add_argument("--no-validation", action="store_true")
    a = ap.parse_args()
    pages = load(a.blocks, a.truth)
    print(f"{len(pages)} pages, {sum(p['n'] for p in pages)} blocks, {pages[0]['m']} columns", flush=True)
    fold = folds(pages).tolist()
    names = nametokens.judge(pages, fold, weights, domain)
    print(f"{len(names[0])} words of names", flush=True)
    models = fit_all(training_sets(pages, fold, names, a))      # all at once: later, the threads of this process would lock up the workers
    if a.tables:
        write_tables(models.pop(0), a.tables, pages[0]["m"])
        nametokens.write(names[0], names[1][()], os.path.join(os.path.dirname(a.tables), "tokens.def"))
    if models:
        validate(pages, fold, models, names, a)


if __name__ == "__main__":
    main()
