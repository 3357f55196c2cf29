#!/usr/bin/python3
"""titles.py CLAIMS.jsonl TRUTH.jsonl... [--table filters/metadata/titles_model.def]
titles.py --text LINES.jsonl TRUTH.jsonl... [--table filters/metadata/text_model.def]

Learns which of the texts that may be a page's title is it, or which line of a dump.  The files are as train.py has them; a text
is right where nearly all its words are those of the title that people gave, and better where it is that title.  Each page should be there twice, with its address
and without; dumps in several styles, each in the folder of its style (see cleanup/train/lines.py):

    build/claims -u URL PAGE ... PAGE ... >CLAIMS.jsonl
    build/claims -t -u URL outline/DUMP ... outline/DUMP ... lynx/DUMP ... >LINES.jsonl

Prints how often the likeliest is right in five-fold cross-validation grouped by domain, on average over the seeds, and how often
the rules' choice is; with --table trains on all and writes the trees.  A tree compares the texts of one page (pairwise
ranking).  One thread, fixed seeds; needs python3-xgboost and python3-numpy, never to build or run offprint.
"""
import argparse, os, re
from importlib.util import module_from_spec, spec_from_file_location
import numpy as np
import xgboost as xgb
import train as claims                              # beside this script

HERE = os.path.dirname(os.path.abspath(__file__))
#         columns, trees, depth, rate, share of columns a tree sees, share of wrong texts learnt from, seeds, least score
PAGES = ("titles.def", 120, 5, .1, .8, 1, 3, -99)
TEXTS = ("text_lines.def", 120, 6, .2, .6, .4, 1, .4)           # LEAST_SCORE of text_title.c


def writer():
    """write_tables of cleanup's train.py."""
    spec = spec_from_file_location("blocks", os.path.join(HERE, "..", "..", "cleanup", "train", "train.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.write_tables


def fit(x, y, page, seed, how):
    _, trees, depth, rate, columns, wrong, _, _ = how
    keep = np.isin(page, page[y > 0]) & ((y > 0) | (np.random.default_rng(seed).random(len(y)) < wrong))
    model = xgb.XGBRanker(objective="rank:pairwise", n_estimators=trees, max_depth=depth, learning_rate=rate, subsample=.8,
                          colsample_bytree=columns, min_child_weight=3, max_bin=64, tree_method="hist", n_jobs=1, random_state=seed)
    return model.fit(x[keep], y[keep], qid=page[keep])


def held_out(x, y, page, fold, seed, how):
    score = np.zeros(len(y))
    for k in range(claims.FOLDS):
        score[fold == k] = fit(x[fold != k], y[fold != k], page[fold != k], seed, how).predict(x[fold == k])
    return score


def choose(page, score):
    """The row of each page's likeliest text."""
    order = np.lexsort((-score, page))
    return order[np.unique(page[order], return_index=True)[1]]


def kind_of(record, page, text):
    style = os.path.basename(os.path.dirname(page["file"])) + " " if text else ""
    return f"{record['source']} {style}{'with' if page['addressed'] else 'without'} address"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("claims"), ap.add_argument("truth", nargs="+"), ap.add_argument("--table"), ap.add_argument("--text", action="store_true")
    a = ap.parse_args()
    how = TEXTS if a.text else PAGES
    columns = re.findall(r"^COLUMN\((\w+)\)", open(os.path.join(HERE, "..", how[0])).read(), re.M)
    pages = [(r, p) for r, p in claims.load(a.claims, a.truth) if r["title"]]
    rows = [(i, t) for i, (_, p) in enumerate(pages) for t in p["title"]]
    page = np.array([i for i, _ in rows])
    x = np.array([t[1:] for _, t in rows], dtype=np.float32)
    y = np.array([claims.rightness("title", pages[i][0]["title"], t[:1]) for i, t in rows])
    exact = np.array([claims.norm(pages[i][0]["title"]) == claims.norm(t[0]) for i, t in rows])
    grade = y + (exact & (y == 1))
    fold = np.array([claims.fold_of(pages[i][0]) for i in page])
    kinds = [kind_of(r, p, a.text) for r, p in pages]
    kind = np.array([kinds[i] for i in page])
    scores = [held_out(x, grade, page, fold, seed, how) for seed in range(how[-2])]
    best = [choose(page, score) for score in scores]
    best = [b[score[b] >= how[-1]] for b, score in zip(best, scores)]
    for s in sorted(set(kinds)):
        n, own = kinds.count(s), [b[kind[b] == s] for b in best]
        rules = "" if a.text else f"rules {y[(x[:, columns.index('RULED')] == 1) & (kind == s)].sum() / n:.3f} "
        print(f"{s} n={n} {rules}held out {np.mean([y[b].sum() / n for b in own]):.3f}, "
              f"to the letter {np.mean([exact[b].sum() / n for b in own]):.3f}, any {len(set(page[(y == 1) & (kind == s)])) / n:.3f}")
    if a.table:
        writer()([fit(x, grade, page, 0, how).get_booster()], a.table, len(columns), "titles.py", how[0])


if __name__ == "__main__":
    main()
