#!/usr/bin/python3
"""titles.py CLAIMS.jsonl TRUTH.jsonl... [--table filters/metadata/titles_model.def] [--trees 120] [--depth 5]

Learns which of the texts that may be a page's title is it.  CLAIMS.jsonl and TRUTH.jsonl are as train.py has them; a text is
right where nearly all its words are those of the title that people gave.  Each page should be there twice, with its
address and without:

    build/claims -u URL PAGE ... PAGE ... >CLAIMS.jsonl

Prints how often the likeliest is right in five-fold cross-validation grouped by domain, on average over several seeds, and
how often the rules' choice is; with --table trains on all pages and writes the trees.  A tree compares the texts of one page
(pairwise ranking).  One thread, fixed seeds; needs python3-xgboost and python3-numpy, never to build or run offprint.
"""
import argparse, os, re, sys
import numpy as np
import xgboost as xgb

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "..", "cleanup", "train"))
import train as claims                              # beside this script
from importlib.util import module_from_spec, spec_from_file_location

SEEDS = 3
COLUMNS = re.findall(r"^COLUMN\((\w+)\)", open(os.path.join(HERE, "..", "titles.def")).read(), re.M)


def writer():
    """write_tables of the other train.py."""
    spec = spec_from_file_location("blocks", os.path.join(HERE, "..", "..", "cleanup", "train", "train.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.write_tables


def fit(x, y, page, seed, a):
    model = xgb.XGBRanker(objective="rank:pairwise", n_estimators=a.trees, max_depth=a.depth, learning_rate=.1, subsample=.8,
                          colsample_bytree=.8, min_child_weight=3, max_bin=64, tree_method="hist", n_jobs=1, random_state=seed)
    return model.fit(x, y, qid=page)


def choose(page, score):
    """The row of each page's likeliest text."""
    order = np.lexsort((-score, page))
    return order[np.unique(page[order], return_index=True)[1]]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("claims"), ap.add_argument("truth", nargs="+"), ap.add_argument("--table")
    ap.add_argument("--trees", type=int, default=120), ap.add_argument("--depth", type=int, default=5)
    a = ap.parse_args()
    pages = [(r, p) for r, p in claims.load(a.claims, a.truth) if r["title"]]
    rows = [(i, t) for i, (_, p) in enumerate(pages) for t in p["title"]]
    page = np.array([i for i, _ in rows])
    x = np.array([t[1:] for _, t in rows], dtype=np.float32)
    y = np.array([claims.rightness("line", pages[i][0]["title"], t[:1]) for i, t in rows])
    fold = np.array([claims.fold_of(pages[i][0]) for i in page])
    kind = [(r["source"], "with" if p["addressed"] else "without") for r, p in pages]
    source = np.array([" ".join(kind[i]) for i in page])
    ruled = x[:, COLUMNS.index("RULED")] == 1
    for s in sorted(set(source)):
        n, right = sum(" ".join(k) == s for k in kind), []
        for seed in range(SEEDS):
            score = np.zeros(len(y))
            for k in range(claims.FOLDS):
                score[fold == k] = fit(x[fold != k], y[fold != k], page[fold != k], seed, a).predict(x[fold == k])
            best = choose(page, score)
            right.append(y[best[source[best] == s]].sum() / n)
        print(f"{s} address n={n} rules {y[ruled & (source == s)].sum() / n:.3f} held out {np.mean(right):.3f} "
              f"({min(right):.3f} to {max(right):.3f}), any {len(set(page[(y == 1) & (source == s)])) / n:.3f}")
    if a.table:
        writer()(fit(x, y, page, 0, a).get_booster(), a.table, len(COLUMNS), "titles.py", "titles.def")


if __name__ == "__main__":
    main()
