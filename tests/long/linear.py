"""linear.py [--size BYTES] [--only REGEX] [--count] OFFPRINT: ten times the input takes at most twelve times the CPU and the memory.

Makes inputs of many kinds, of --size (1 MB) and ten times that, and converts each with every reader to JSON, and with
every writer from the JSON.  Prints for each pair the two times, their ratio, and the most memory that the larger took;
a ratio over 12 fails.  --count counts millions of instructions (valgrind) in place of time, for a size of 100 kB or so: much slower,
but the same on every machine, whatever else runs there.
"""
import argparse, base64, os, re, subprocess, sys, tempfile, threading

WORDS = ("the quay was repaired in spring and boats of every size came back to harbour before noon while gulls "
         "circled over nets that dried along walls of old stone").split()
LIMIT, TIMEOUT, RUNS = 12.0, 600, 5


def prose(i, n):
    return " ".join(WORDS[(i * 7 + k * 5) % len(WORDS)] for k in range(n)).capitalize() + "."


def repeat(unit, size):
    out, n, i = [], 0, 0
    while n < size:
        out.append(unit(i))
        n += len(out[-1])
        i += 1
    return out


def wrapped(head, unit, tail):
    return lambda size: head + "".join(repeat(unit, size)) + tail


def nested(opening, closing, text):
    def make(size):
        n = size // (len(opening) + len(closing))
        return opening * n + text + closing * n
    return make


def notes_html(size):
    n = size // 150
    return "".join(f'<p>{prose(i, 8)}<sup id="r{i}"><a href="#fn{i}">{i + 1}</a></sup></p>\n' for i in range(n)) + \
        '<div class="footnotes"><ol>' + \
        "".join(f'<li id="fn{i}"><p>{prose(i, 4)} <a href="#r{i}">↩</a></p></li>\n' for i in range(n)) + "</ol></div>"


HTML = {
    "articles": wrapped("", lambda i: f"<h2>{prose(i, 4)}</h2><p>{prose(i, 60)}</p><ul><li>{prose(i, 5)}</li><li>b</li></ul>"
                        f"<blockquote><p>{prose(i, 30)}</p></blockquote><pre><code>x = {i}\n</code></pre>\n", ""),
    "paragraph": wrapped("<p>", lambda i: prose(i, 12) + " ", "</p>"),
    "word": wrapped("<p>", lambda i: "abcdefghij", "</p>"),
    "list": wrapped("<ul>", lambda i: f"<li>{prose(i, 6)}</li>\n", "</ul>"),
    "numbered": wrapped("<ol>", lambda i: f"<li><p>{prose(i, 6)}</p></li>\n", "</ol>"),
    "terms": wrapped("<dl>", lambda i: f"<dt>{prose(i, 2)}</dt><dd>{prose(i, 6)}</dd>\n", "</dl>"),
    "table": wrapped("<table><tr><th>a</th><th>b</th><th>c</th></tr>",
                     lambda i: f"<tr><td>{i}</td><td>{prose(i, 2)}</td><td>{prose(i, 3)}</td></tr>\n", "</table>"),
    "spans": wrapped("<table><tr><th>a</th><th>b</th></tr>",
                     lambda i: f'<tr><td rowspan="3">{i}</td><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr>\n', "</table>"),
    "row": wrapped("<table><tr>", lambda i: f"<td>{prose(i, 3)}</td>", "</tr></table>"),
    "tables": wrapped("", lambda i: f"<table><tr><th>a</th><th>b</th></tr><tr><td>{prose(i, 3)}</td><td>{i}</td></tr></table>\n", ""),
    "one id": wrapped("", lambda i: f"<h2 id=x>{prose(i, 3)}</h2><p><a name=y></a>{prose(i, 9)}</p>\n", ""),
    "links": wrapped("<p>", lambda i: f"<a href=http://x.org/{i}></a>", "</p>"),
    "divs": nested("<div>", "</div>", "deep"),
    "quotes": nested("<blockquote>", "</blockquote>", "deep"),
    "lists": nested("<ul><li>", "</li></ul>", "deep"),
    "emphasis": nested("<b>", "</b>", "deep"),
    "unclosed": wrapped("", lambda i: f"<p><b><i>{prose(i, 3)}", ""),
    "links": wrapped("<p>", lambda i: f'<a href="https://example.com/{i}" id="l{i}">{prose(i, 2)}</a> ', "</p>"),
    "inner": wrapped("", lambda i: f'<p id="t{i}"><a href="#t{i * 7 % 1000}">{prose(i, 5)}</a></p>\n', ""),
    "images": wrapped("", lambda i: f'<p><img src="missing{i}.png" alt="{prose(i, 3)}"></p>\n', ""),
    "figures": wrapped("", lambda i: f'<figure><img src="m{i}.png" alt="a"><figcaption>{prose(i, 5)}</figcaption></figure>\n', ""),
    "headings": wrapped("", lambda i: f"<h{i % 6 + 1}>{prose(i, 5)}</h{i % 6 + 1}>\n", ""),
    "same": wrapped("", lambda i: "<h2>The same heading</h2>\n", ""),
    "notes": notes_html,
    "code": wrapped("<pre><code>", lambda i: f"x[{i}] = &lt;call&gt;({i});\n", "</code></pre>"),
    "codes": wrapped("<p>", lambda i: f"<code>x{i}</code> <em>a</em><sub>b</sub> ", "</p>"),
    "math": wrapped("<p>", lambda i: f'<script type="math/tex">x_{{{i}}}^2</script> and ', "</p>"),
    "formulas": wrapped("", lambda i: f'<p>{prose(i, 6)} <script type="math/tex">\\left(\\frac{{a_{{{i}}}}}{{\\sqrt b}}\\right)^2</script> and '
                        '<script type="math/tex; mode=display">\\sum_{i=1}^n \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} = \\hat{x}</script></p>\n', ""),
    "breaks": wrapped("<p>", lambda i: f"{prose(i, 4)}<br>", "</p>"),
    "paras": wrapped("<div>", lambda i: f"{prose(i, 4)}<br><br>", "</div>"),
    "blanks": wrapped("<p>a", lambda i: " \n\t ", "b</p>"),
    "entities": wrapped("<p>", lambda i: "&amp;&lt;&eacute;*_`[]\\", "</p>"),
}
MARKDOWN = {
    "stars": wrapped("", lambda i: "*a **a ", ""),
    "brackets": wrapped("", lambda i: "[a](", ""),
    "ticks": wrapped("", lambda i: "a" + "`" * (i % 500 + 1), ""),
    "references": lambda size: "".join(f"[a{i}] text\n\n" for i in range(size // 60)) +
    "".join(f"[a{i}]: https://example.com/{prose(i, 2)[:-1].replace(' ', '/')}\n" for i in range(size // 60)),
    "notes": lambda size: "".join(f"{prose(i, 3)}[^n{i}]\n\n" for i in range(size // 70)) +
    "".join(f"[^n{i}]: {prose(i, 4)}\n\n" for i in range(size // 70)),
    "dollars": wrapped("", lambda i: "$a ", ""),
    "tildes": wrapped("", lambda i: "~~a ", ""),
    "raw": wrapped("", lambda i: f"<b>{prose(i, 3)}</b> &amp; <i\n", ""),
    "table": wrapped("| a | b |\n|---|---|\n", lambda i: f"| {i} | {prose(i, 4)} |\n", ""),
    "pipes": wrapped("", lambda i: "a | b\n", ""),
    "quotes": wrapped("", lambda i: "> " * (i % 40) + "a\n", ""),
    "matter": wrapped("---\ntitle: a\nkeywords:\n", lambda i: f"- {prose(i, 2)}\n", "---\n\ntext\n"),
    "terms": wrapped("", lambda i: f"{prose(i, 2)}\n\n:   {prose(i, 5)}\n\n", ""),
}
TEXT = {
    "prose": wrapped("", lambda i: "\n".join(prose(i + k, 11) for k in range(6)) + "\n\n", ""),
    "line": wrapped("", lambda i: prose(i, 9) + " ", "\n"),
    "lines": wrapped("", lambda i: prose(i, 10) + "\n", ""),
    "bullets": wrapped("", lambda i: f"{'  ' * (i % 4)}- {prose(i, 6)}\n", ""),
    "quoted": wrapped("", lambda i: f"{'> ' * (i % 5)}{prose(i, 7)}\n", ""),
    "table": wrapped("", lambda i: f"{i:<12}  {WORDS[i % 20]:<14}  {i * 3:>9}\n", ""),
    "hyphens": wrapped("", lambda i: prose(i, 9)[:-1] + " har-\nbour\n", ""),
    "headings": wrapped("", lambda i: f"{i}. {prose(i, 3)[:-1]}\n\n{prose(i, 20)}\n\n", ""),
    "dump": lambda size: "\n".join(f"   [{i}]{prose(i, 6)}" for i in range(size // 90)) + "\n\nReferences\n\n" +
    "\n".join(f"   {i}. https://example.com/{i}" for i in range(size // 90)) + "\n",
    "feeds": wrapped("", lambda i: f"Running head {i}\n\n{prose(i, 30)}\n\f", ""),
    "entries": wrapped("", lambda i: f"[{i}] https://example.com/{i}\n", ""),
    "long terms": wrapped("", lambda i: f"A term of many words {i}\n   x\n", ""),
    "underscores": wrapped("", lambda i: "_a *b ", "\n"),
    "addresses": wrapped("", lambda i: f"https://example.com/{i} a{i}@example.com ", "\n"),
}


def mhtml(parts):
    """A saved page: parts(size) yields headers and the body of each, the page first."""
    def make(size):
        lines = ['Content-Type: multipart/related; type="text/html"; boundary="--x"', ""]
        for headers, body in parts(size):
            lines += ["----x", *headers, "", body]
        return "\r\n".join(lines) + "\r\n----x--\r\n"
    return make


def pictures(size):
    n = size // 330
    yield ["Content-Type: text/html"], "".join(f'<p><img src="https://example.org/{i}.gif" alt="{i}">{prose(i, 6)}</p>\n' for i in range(n))
    for i in range(n):
        yield (["Content-Type: image/gif", "Content-Transfer-Encoding: base64", f"Content-Location: https://example.org/{i}.gif"],
               "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def one_part(encoding, unit, around=("", "")):
    return lambda size: [(["Content-Type: text/html", f"Content-Transfer-Encoding: {encoding}"],
                          around[0] + "".join(repeat(unit, size)) + around[1])]


MHTML = {
    "quoted": mhtml(one_part("quoted-printable", lambda i: f"<p>{prose(i, 8)} caf=C3=A9 and =\r\nthe rest</p>\r\n")),
    "base64": mhtml(one_part("base64", lambda i: base64.b64encode(f"<p>{prose(i, 12):<67.67}</p>\n".encode()).decode() + "\r\n")),
    "equals": mhtml(one_part("quoted-printable", lambda i: "= ", ("<p>", "</p>"))),
    "dashes": mhtml(one_part("8bit", lambda i: "--\r\n----y\r\n")),
    "pictures": mhtml(pictures),
    "headers": mhtml(lambda size: [(["Content-Type: text/html;"] + repeat(lambda i: f" x{i}=y;", size), "<p>a</p>")]),
}


def json_doc(unit, around=("", ""), between=","):
    """Of units in an array of blocks, or of what around makes of them."""
    return wrapped('{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[' + around[0],
                   lambda i: (between if i else "") + unit(i), around[1] + "]}")


def para(i, n):
    return '{"t":"Para","c":[' + ',{"t":"Space"},'.join(f'{{"t":"Str","c":"{w}"}}' for w in prose(i, n).split()) + "]}"


STRING = ('{"t":"Para","c":[{"t":"Str","c":"', '"}]}')
ATTR = '["i",["a","b"],[["k","v"]]]'
JSON = {
    "paragraphs": json_doc(lambda i: para(i, 12)),
    "string": json_doc(lambda i: "abcdefghij", STRING, ""),
    "escapes": json_doc(lambda i: "\\u00e9\\n\\ud83d\\ude00", STRING, ""),
    "list": json_doc(lambda i: f"[{para(i, 3)}]", ('{"t":"BulletList","c":[', "]}")),
    "attributes": json_doc(lambda i: f'{{"t":"Span","c":[{ATTR},[{{"t":"Str","c":"a"}}]]}}', ('{"t":"Para","c":[', "]}")),
    "divs": json_doc(lambda i: '{"t":"Div","c":[["i",[%s],[%s]],[]]}' %
                     (",".join(f'"c{k}"' for k in range(400)), ",".join(f'["k{k}","v"]' for k in range(400)))),
    "notes": json_doc(lambda i: f'{{"t":"Para","c":[{{"t":"Str","c":"a"}},{{"t":"Note","c":[{para(i, 3)}]}}]}}'),
    "old tables": wrapped('{"pandoc-api-version":[1,20],"meta":{},"blocks":[{"t":"Null"}',
                          lambda i: ',{"t":"Table","c":[[],[{"t":"AlignDefault"}],[0],[[]],[[[%s]],[[%s]]]]}' % (para(i, 2), para(i, 1)), "]}"),
    "meta": wrapped('{"pandoc-api-version":[1,23,1],"meta":{"a":{"t":"MetaString","c":"b"}',
                    lambda i: f',"k{i}":{{"t":"MetaList","c":[{{"t":"MetaString","c":"v"}}]}}', '},"blocks":[]}'),
    "quotes": json_doc(lambda i: '{"t":"BlockQuote","c":[' * 900 + para(i, 2) + "]}" * 900),
    "odd": json_doc(lambda i: f'{{"t":"Para","c":[],"x{i}":[[[0]]]}}'),
}
LINES = {"documents": wrapped("", lambda i: '{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[' + para(i, 6) + "]}\n", "")}
INPUTS = (("html", "html", HTML), ("html", "mhtml", MHTML), ("markdown", "markdown", MARKDOWN), ("text", "text", TEXT), ("json", "json", JSON),
          ("ndjson", "ndjson", LINES))
WRITERS = "markdown commonmark gfm html plain json epub pdf".split()


def run(args, said):
    """What os.wait4 says of a run, and its status."""
    p = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=said)
    late = threading.Timer(TIMEOUT, p.kill)
    late.start()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    late.cancel()
    return used, p.returncode


def cost(args, count=False):
    """CPU seconds or millions of instructions, and megabytes, of a run, or the reason why it has none."""
    with tempfile.TemporaryFile() as said:
        used, status = run(args, said)
        said.seek(0)
        message = said.read(80).decode("utf-8", "replace").strip()
    if status == -9:
        return f"over {TIMEOUT} s, or killed"
    if status:
        return f"status {status} {message}"
    return instructions(args) if count else used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def instructions(args):
    with tempfile.TemporaryFile() as said:
        run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *args], said)
        said.seek(0)
        return int(re.search(rb"refs: +([0-9,]+)", said.read())[1].replace(b",", b"")) / 1e6


def store(name, make, size):
    """In a process of its own: what this one takes would count as its children's memory (getrusage(2))."""
    pid = os.fork()
    if not pid:
        with open(name, "w", encoding="utf-8") as f:
            f.write(make(size))
        os._exit(0)
    os.waitpid(pid, 0)


def is_linear(a, b):
    """What a run takes however small its input is, is not counted."""
    return b[0] <= LIMIT * max(a[0], 0.02) and b[1] <= LIMIT * max(a[1], 16)


def least(*costs):
    return next((c for c in costs if not isinstance(c, tuple)), None) or tuple(map(min, zip(*costs)))


def compare(name, small, large, count):
    """The least of up to RUNS alternating runs: other programs can only add to the time that one takes."""
    a, b = cost(small, count), cost(large, count)
    for _ in range(0 if count else RUNS - 1):
        if isinstance(a, tuple) and isinstance(b, tuple) and not is_linear(a, b):
            a, b = least(a, cost(small)), least(b, cost(large))
    for reason in (a, b):
        if not isinstance(reason, tuple):
            print(f"not ok {name:28} {reason}", flush=True)
            return False
    fine = is_linear(a, b)
    print(f"{'ok' if fine else 'not ok'} {name:28} {a[0]:8.2f} {b[0]:8.2f} {b[0] / max(a[0], 0.001):6.1f} "
          f"{b[1]:7.0f} MB {b[1] / a[1]:5.1f}", flush=True)
    return fine


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--size", type=int, default=1 << 20)
    a.add_argument("--only", default="")
    a.add_argument("--count", action="store_true")
    a.add_argument("offprint")
    o = a.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as d:
        for fmt, name, kinds in INPUTS:
            for kind, make in kinds.items():
                steps = [f"{name}:{kind} reader"] + [f"{name}:{kind} {w}" for w in WRITERS if name == "html"]
                steps = [s for s in steps if re.search(o.only, s)]
                if not steps:
                    continue
                files = []
                for n in (o.size, 10 * o.size):
                    files.append(f"{d}/{n}")
                    store(files[-1], make, n)
                read = [[o.offprint, "-q", "--cleanup=off", "-f", fmt, f, "-t", "json", "-o", f + ".json"] for f in files]
                for step in steps:
                    if step.endswith("reader"):
                        bad += not compare(step, *read, o.count)
                        continue
                    if not all(os.path.exists(f + ".json") for f in files):
                        for r in read:
                            subprocess.run(r, timeout=TIMEOUT)
                    to = step.split()[-1]
                    write = [[o.offprint, "-q", "-f", "json", f + ".json", "-t", to, "-o", f + ".out"] for f in files]
                    bad += not compare(step, *write, o.count)
                for f in os.listdir(d):
                    os.unlink(f"{d}/{f}")
    print(f"{bad} not linear")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
