"""nametokens.py: the linear model over the words of names (tokens.c), for train.py.

Its verdicts are columns for the trees.  A page that the trees learn from must be judged by a model that has not seen it,
as every page will be later: the pages of a fold are judged by the model of the others.  Needs python3-sklearn."""
import collections, itertools, multiprocessing
import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import SGDClassifier

TOKENS, DOMAINS, RINGS, LEVELS, REACH = 2500, 10, 3, 24, (4, 12)
COLUMNS = 2 * 2 + 1 + len(REACH) + 1


def known(pages, domain):
    """The words that most domains use, numbered."""
    of = collections.defaultdict(set)
    for p in pages:
        d = domain(p)
        for t in {t for e in p["names"] for t in e[1:]}:
            of[t].add(d)
    most = sorted((t for t, d in of.items() if len(d) >= DOMAINS), key=lambda t: (-len(of[t]), t))
    return {t: i for i, t in enumerate(most[:TOKENS])}


def rings(names, e, number):
    """The words from e up to the root, each with the ring in which it stands first."""
    found = {}
    for d in range(LEVELS):
        for t in names[e][1:]:
            if t in number:
                found.setdefault(number[t], (d > 0) + (d > 2))
        e = names[e][0]
        if e < 0:
            break
    return [t * RINGS + r for t, r in found.items()]


def matrix(p, number):
    of = {e: rings(p["names"], e, number) for e in set(p["elems"])}
    columns = [c for e in p["elems"] for c in of[e]]
    ends = np.cumsum([0] + [len(of[e]) for e in p["elems"]])
    return sp.csr_matrix((np.ones(len(columns), np.float32), columns, ends), (p["n"], len(number) * RINGS))


def scaled(m):
    return (sp.diags(1 / np.sqrt(np.maximum(np.asarray(m.sum(1)).ravel(), 1))) @ m).tocsr().astype(np.float32)


def fit(job):
    """Weights in hundredths, the last one what all blocks have."""
    ms, ys, ws = job
    x, y, w = scaled(sp.vstack([m[v > 0] for m, v in zip(ms, ws)])), np.concatenate([y[v > 0] for y, v in zip(ys, ws)]), \
        np.concatenate([v[v > 0] for v in ws])
    both, value, weight = sp.vstack([x, x]), np.r_[np.ones(len(y)), np.zeros(len(y))], np.r_[w * y, w * (1 - y)] / w.mean()
    used = weight > 1e-6
    model = SGDClassifier(loss="log_loss", alpha=1e-4, max_iter=4, tol=None, average=True, random_state=1)
    model.fit(both[used], value[used], sample_weight=weight[used])
    return np.rint(np.append(model.coef_[0], model.intercept_[0]) * 100).astype(int)


def columns(p, weights):
    """As in tokens.c."""
    m = p["matrix"]
    n = np.asarray(m.sum(1)).ravel().astype(np.int64)
    own = weights[-1] + np.trunc((m @ weights[:-1]) * 1000 / np.maximum(np.floor(np.sqrt(n * 1000000.)), 1)).astype(np.int64)
    weight = np.minimum(p["words"], 40).astype(np.int64) + 1
    total, sums = np.cumsum(np.r_[0, weight]), np.cumsum(np.r_[0, own * weight])
    at, last = np.arange(p["n"]), p["n"]

    def mean(lo, hi):
        return np.trunc((sums[hi] - sums[lo]) / (total[hi] - total[lo]))

    out = [np.where((at + k >= 0) & (at + k < last), own[np.clip(at + k, 0, last - 1)], -9999) for k in range(-2, 3)]
    out += [mean(np.maximum(at - r, 0), np.minimum(at + r + 1, last)) for r in REACH]
    out.append(mean(np.zeros_like(at), np.full_like(at, last)))
    return np.clip(np.stack(out, 1), -32000, 32000).astype(np.int16)


def judge(pages, fold, weights_of, domain):
    """(numbers of the words, {folds left out: weights}) for no fold, each, and each pair of them."""
    number = known(pages, domain)
    weights = [weights_of(p) for p in pages]
    for p in pages:
        p["matrix"] = matrix(p, number)
    sets = [()] + [(k,) for k in sorted(set(fold))] + list(itertools.combinations(sorted(set(fold)), 2))
    jobs = []
    for out in sets:
        at = [i for i, f in enumerate(fold) if f not in out]
        jobs.append(([pages[i]["matrix"] for i in at], [np.nan_to_num(pages[i]["y"]) for i in at], [weights[i] for i in at]))
    with multiprocessing.Pool(2) as pool:
        return number, dict(zip(sets, pool.map(fit, jobs, chunksize=1)))


def write(number, weights, out):
    with open(out, "w") as f:
        f.write("/* Written by train/train.py: TOKEN(hash, own, near, far), weights of the words of names in hundredths of a logit. */\n")
        f.write(f"BIAS({weights[-1]})\n")
        for t, i in sorted(number.items()):
            f.write(f"TOKEN({t}u, {', '.join(map(str, weights[i * RINGS:(i + 1) * RINGS]))})\n")
