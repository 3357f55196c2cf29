"""run.py [-v] DUMP FOLDER: html5lib's tests of FOLDER (tree-construction, encoding), through the reader's own DOM.

Prints "ok" or "not ok" with the counts for each kind; -v shows every case that fails.  What the reader's DOM has no
place for on purpose is left out on both sides: comments and doctypes, what is in style, template and script elements,
namespaces, the letters' case of foreign elements and attributes.  Cases that cannot apply are counted apart: fragments of a page,
pages whose scripts run, and NUL, which decoding replaces.  Of the encodings it is the declared one that must be right; the reader decodes otherwise
where the bytes are UTF-8 beyond doubt.
"""
import glob, os, re, subprocess, sys

LEAST = 99.0                # of the trees, in percent; decodings all have to be right
HOLLOW = {"style", "template", "script"}


def load(path):
    """The cases of a file, each as its sections; a section's text has no last line end."""
    with open(path, "rb") as f:
        text = f.read()
    for i, case in enumerate(re.split(rb"(?:^|\n\n)#data\n", b"\n\n" + text.rstrip(b"\n") + b"\n")[1:]):
        head = re.match(rb"(.*?)(?:^|\n)#(?:errors|encoding)(?=\n)", case, re.S)
        sections = {"data": head[1], "name": f"{os.path.basename(path)}:{i + 1}"}
        rest = case[len(head[1]):].lstrip(b"\n")
        for part in re.finditer(rb"^#([a-z-]+)\n(.*?)(?=^#[a-z-]+\n|\Z)", rest, re.S | re.M):
            if "document" not in sections:
                sections[part[1].decode()] = part[2]
        yield sections


def ask(dump, what, pages):
    given = b"".join(b"%d\n%s" % (len(p), p) for p in pages)
    done = subprocess.run([dump, what], input=given, capture_output=True, check=True).stdout
    answers = []
    while done:
        n, _, done = done.partition(b"\n")
        answers.append(done[:int(n)])
        done = done[int(n):]
    return answers


def entries(text):
    """[depth, what] of a dumped tree; the text of an entry may go over several lines."""
    for entry in re.split(rb"(?:^|\n)\| (?=(?: {2})*[^ \n])", text.rstrip(b"\n"))[1:]:
        bare = entry.lstrip(b" ")
        yield (len(entry) - len(bare)) // 2, bare.decode("utf-8", "surrogateescape")


def element(name):
    return name.split()[-1].lower()


def settled(tree):
    """What the two sides have to agree on."""
    out, hollow = [], None
    for depth, what in tree:
        if hollow is not None and depth > hollow:
            continue
        hollow = None
        if what.startswith("<!"):
            continue
        if what.startswith("<"):
            what = f"<{element(what[1:-1])}>"
            hollow = depth if what[1:-1] in HOLLOW else None
        elif what.startswith('"') and out and out[-1][0] == depth and out[-1][1].startswith('"'):
            what = out.pop()[1][:-1] + what[1:]
        if not what.startswith('"'):
            name, equals, value = what.partition("=")
            what = re.sub("^(xlink|xml|xmlns) ", "", name).lower() + equals + value
        out.append((depth, what))
    return out


def report(kind, right, wrong, apart, least):
    share = 100 * right / max(right + len(wrong), 1)
    fine = share >= least and right
    print(f"{'ok' if fine else 'not ok'} html5lib {kind}: {right} of {right + len(wrong)}, {share:.1f} %{apart}")
    if "-v" in sys.argv:
        print("".join(wrong))
    return fine


def trees(dump, folder):
    cases = [c for path in sorted(glob.glob(f"{folder}/tree-construction/*.dat")) for c in load(path)]
    apart = {"fragments": [c for c in cases if "document-fragment" in c], "with scripts": [c for c in cases if "script-on" in c],
             "with NUL": [c for c in cases if b"\0" in c["data"]]}
    cases = [c for c in cases if not any(c in v for v in apart.values())]
    right, wrong = 0, []
    for c, got in zip(cases, ask(dump, "tree", [c["data"] for c in cases])):
        want, got = settled(entries(c["document"])), settled(entries(got))
        right += want == got
        if want != got:
            show = "\n".join(f"   {'  ' * d}{w}" for d, w in got)
            wrong.append(f"{c['name']}\n{c['data'].decode('utf-8', 'replace')}\n{c['document'].decode('utf-8', 'replace')}--\n{show}\n\n")
    return report("trees", right, wrong, "".join(f", {len(v)} {k} apart" for k, v in apart.items()), LEAST)


def encodings(dump, folder):
    cases = [c for path in sorted(glob.glob(f"{folder}/encoding/*.dat")) for c in load(path)]
    right, other, wrong = 0, 0, []
    for c, got in zip(cases, ask(dump, "encoding", [c["data"] for c in cases])):
        want, (declared, name, how) = c["encoding"].decode().strip().lower(), got.decode().lower().split()
        if how == "bom":
            declared = name
        right += declared == want
        other += name != want and want != "windows-1252"
        if declared != want:
            wrong.append(f"{c['name']} {want}, not {declared}\n{c['data'].decode('utf-8', 'replace')}\n\n")
    return report("encodings", right, wrong, f", {other} decoded otherwise", 100)


def main():
    dump, folder = [a for a in sys.argv[1:] if a != "-v"]
    good = [trees(dump, folder), encodings(dump, folder)]
    return not all(good)


if __name__ == "__main__":
    sys.exit(main())
