"""explain.py [--every N] [--jobs N] OFFPRINT CORPUS...: the account of what cleanup dropped adds up.

For every page (html/*.html.gz of each folder) --explain must say words in = kept + dropped, a line for each dropped
block whose words add up to those dropped, and a rule and a score in each line.
"""
import argparse, concurrent.futures, glob, gzip, os, re, subprocess, sys, tempfile

HEAD = re.compile(r"^.*: (\d+) words, (\d+) kept, (\d+) dropped \(\d+ %\)$")
LINE = re.compile(r"^ *(\d+)  (\S+) +(-?\d+)  \S")


def fault(text):
    lines = text.splitlines()
    head = HEAD.match(lines[0]) if lines else None
    if not head:
        return "no first line" if not lines else f"first line: {lines[0]}"
    words, kept, dropped = map(int, head.groups())
    rows = [LINE.match(l) for l in lines[2:]]
    if not all(rows):
        return "line: " + next(l for l, r in zip(lines[2:], rows) if not r)
    listed = sum(int(r[1]) for r in rows)
    if words != kept + dropped:
        return f"{words} words in, {kept} kept, {dropped} dropped"
    return f"{dropped} dropped, {listed} listed" if listed != dropped else None


def check(binary, page):
    with tempfile.TemporaryDirectory() as tmp:
        src, told = f"{tmp}/page.html", f"{tmp}/told"
        with open(src, "wb") as f:
            f.write(gzip.open(page).read())
        run = subprocess.run([binary, "-q", "-f", "html", "-t", "plain", "-o", os.devnull, f"--explain={told}", src], capture_output=True, timeout=60)
        if run.returncode:
            return f"exit {run.returncode}: {run.stderr.decode('utf-8', 'replace').strip()}"
        return fault(open(told, encoding="utf-8", errors="replace").read())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--every", type=int, default=1), ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("offprint"), ap.add_argument("corpus", nargs="+")
    a = ap.parse_args()
    pages = sorted(p for c in a.corpus for p in glob.glob(f"{c}/html/*.html.gz"))[::a.every]
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        faults = [(p, f) for p, f in zip(pages, pool.map(lambda p: check(a.offprint, p), pages)) if f]
    for p, f in faults:
        print(f"{os.path.basename(p)}: {f}")
    print(f"explain: {len(pages)} pages, {len(faults)} whose account does not add up")
    sys.exit(bool(faults) or not pages)


main()
