#!/usr/bin/python3
"""dumps.py CORPUS OUT [--source wx,tf] [--styles lynx,w3m,innertext,outline,body] [--every N] [--pieces OFFPRINT]

Makes the texts that lines.py learns from: OUT/STYLE/ID.txt for each page of CORPUS/truth.jsonl, whose field "html"
names the page, gzipped or not.

    lynx       lynx -dump -nolist             w3m      w3m -dump -cols 80
    innertext  document.body.innerText of a browser, one line per block
    outline    a walk over the browser's DOM: unwrapped lines, bullets, indentation, inline elements that stand side by
               side without a blank are glued
    body       the article alone, of every second page wrapped at 72 columns

With --pieces instead, the pages of which people only told pieces: OUT/truth.jsonl gets what OFFPRINT makes of a page,
if it has all pieces that it must have and none that it must not.

The browser is Chromium without a window.  It shows each page in a frame without scripts, and loads nothing that the
page refers to: a local server hands out pages and takes the texts back.  Files that exist are left as they are.
"""
import argparse, gzip, hashlib, http.server, json, os, re, shutil, subprocess, tempfile, textwrap, threading

BROWSER_STYLES = "innertext", "outline"
TEXT_BROWSERS = {"lynx": ["lynx", "-dump", "-nolist", "-width=80"], "w3m": ["w3m", "-dump", "-cols", "80"]}
LOCALE = {**os.environ, "LC_ALL": "C.UTF-8"}
LEAST_WORDS = 60
LIMIT, LAUNCHES = 60, 4         # seconds without a page before a browser is started again

DRIVER = r"""<!DOCTYPE html><meta charset=utf-8><body><script>
const APART = new Set("P H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE TABLE UL OL DL FIGURE HR".split(" "));
const SKIP = new Set("SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH IFRAME OBJECT SELECT TEXTAREA CANVAS AUDIO VIDEO HEAD INPUT".split(" "));

function outline(root) {
  const out = [];
  let line = "", gap = 0, depth = 0, bullet = "", view = root.ownerDocument.defaultView;
  function flush() {
    const text = line.replace(/\s+/g, " ").trim();
    line = "";
    if (!text) return;
    if (out.length && gap) out.push("");
    out.push((out.length ? "    " : "") + "  ".repeat(Math.max(0, depth - 1)) + bullet + text);
    gap = 0, bullet = "";
  }
  function walk(n) {
    if (n.nodeType === 3) { line += n.data; return; }
    if (n.nodeType !== 1 || SKIP.has(n.tagName.toUpperCase())) return;
    const style = view.getComputedStyle(n);
    if (style.display === "none" && n !== root) return;
    if (n.tagName === "BR") { flush(); return; }
    const inline = style.display.startsWith("inline") || style.display === "none" || style.display === "contents", apart = APART.has(n.tagName);
    const list = n.tagName === "UL" || n.tagName === "OL", nested = list && depth;
    if (!inline) { flush(); if (apart && !nested) gap = 1; }
    depth += list;
    if (n.tagName === "LI") bullet = "\u2022 ";
    if (n.tagName === "TD" || n.tagName === "TH") line += " ";
    for (const c of n.childNodes) walk(c);
    if (!inline) { flush(); if (apart && !nested) gap = 1; }
    if (n.tagName === "LI") bullet = "";
    depth -= list;
  }
  walk(root);
  return out.join("\n") + "\n";
}

function show(id) {
  return new Promise(done => {
    const f = document.createElement("iframe");
    f.sandbox = "allow-same-origin";
    f.style = "width:1280px;height:900px;border:0";
    const late = setTimeout(() => end(), 10000);
    function end() {
      clearTimeout(late);
      let texts = ["", ""];
      try { const b = f.contentDocument.body; texts = [b.innerText, outline(b)]; } catch (e) {}
      f.remove();
      done(texts);
    }
    f.onload = end;
    f.src = "/page/" + id;
    document.body.append(f);
  });
}

(async () => {
  for (const id of await (await fetch("/ids")).json())
    await fetch("/done/" + id, { method: "POST", body: JSON.stringify(await show(id)) });
  await fetch("/end");
})();
</script>"""


def page_bytes(path):
    data = open(path, "rb").read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def write(out, style, name, text):
    os.makedirs(f"{out}/{style}", exist_ok=True)
    with open(f"{out}/{style}/{name}.txt", "w", encoding="utf-8", errors="replace") as f:
        f.write(text)


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def send(self, data, kind="text/html"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if self.path.startswith("/page/"):
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        job = self.server.job
        if self.path == "/ids":
            return self.send(json.dumps(list(job.todo)).encode(), "application/json")
        if self.path.startswith("/page/"):
            job.alive.set()
            return self.send(page_bytes(job.todo[self.path[6:]]))
        if self.path == "/end":
            job.end.set()
        self.send(DRIVER.encode(), "text/html; charset=utf-8")

    def do_POST(self):
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.job.done(self.path[6:], texts)
        self.send(b"")


class Job:
    """The pages that a browser has still to show."""
    def __init__(self, pages, out, styles):
        self.todo, self.out, self.styles = dict(pages), out, styles
        self.end, self.alive = threading.Event(), threading.Event()

    def done(self, name, texts):
        self.todo.pop(name, None)
        for style, text in zip(BROWSER_STYLES, texts):
            if style in self.styles:
                write(self.out, style, name, text)

    def run(self, address):
        with tempfile.TemporaryDirectory() as home:
            p = subprocess.Popen(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                                  f"--user-data-dir={home}", "--remote-debugging-port=0", address],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while not self.end.is_set() and p.poll() is None:
                self.alive.clear()
                if not self.alive.wait(LIMIT) and not self.end.is_set():
                    break
            p.terminate()
            p.wait()


def show_all(pages, out, styles):
    job = Job(pages, out, styles)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.job = job
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for _ in range(LAUNCHES):
        if job.todo:
            job.run(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()


def dump_all(style, pages, out):
    with tempfile.TemporaryDirectory() as d:
        for name, path in pages:
            page = f"{d}/{name}.html"
            open(page, "wb").write(page_bytes(path))
            p = subprocess.run([*TEXT_BROWSERS[style], page], capture_output=True, env=LOCALE, timeout=LIMIT)
            write(out, style, name, p.stdout.decode("utf-8", "replace"))
            os.remove(page)


def write_bodies(pages, out):
    keep = textwrap.TextWrapper(72, break_long_words=False, break_on_hyphens=False)
    for r in pages:
        text = r.get("body") or ""
        if int(hashlib.md5(r["id"].encode()).hexdigest(), 16) % 2:
            text = "\n".join("\n".join(keep.wrap(l)) for l in text.split("\n")) + "\n"
        if text.strip():
            write(out, "body", r["id"], text)


def squeeze(s):
    return re.sub(r"\s+", " ", s).strip()


def is_right(text, r):
    text = squeeze(text)
    return len(re.findall(r"\w+", text)) >= LEAST_WORDS and all(squeeze(s) in text for s in r["with"]) \
        and not any(squeeze(s) in text for s in r.get("without") or [])


def write_pieces(pages, corpus, out, offprint):
    """The articles of pages that have only pieces told."""
    os.makedirs(out, exist_ok=True)
    with open(f"{out}/truth.jsonl", "w", encoding="utf-8") as f, tempfile.TemporaryDirectory() as d:
        for r in pages:
            if r.get("body") is not None or not r.get("with"):
                continue
            open(f"{d}/page.html", "wb").write(page_bytes(f"{corpus}/{r['html']}"))
            p = subprocess.run([offprint, "-q", "-f", "html", *(["-u", r["url"]] if r.get("url") else []), "-t", "plain", "--wrap=none",
                                f"{d}/page.html"], capture_output=True)
            text = p.stdout.decode("utf-8", "replace")
            if is_right(text, r):
                f.write(json.dumps({"id": r["id"], "source": r["source"], "url": r.get("url"), "body": text}, ensure_ascii=False) + "\n")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus"), a.add_argument("out"), a.add_argument("--source"), a.add_argument("--pieces")
    a.add_argument("--styles", default="lynx,w3m,innertext,outline"), a.add_argument("--every", type=int, default=1)
    o = a.parse_args()
    records = [r for r in map(json.loads, open(f"{o.corpus}/truth.jsonl", encoding="utf-8"))
               if not o.source or r["source"] in o.source.split(",")][::o.every]
    if o.pieces:
        return write_pieces(records, o.corpus, o.out, o.pieces)
    styles = o.styles.split(",")
    if "body" in styles:
        write_bodies(records, o.out)
    pages = [(r["id"], f"{o.corpus}/{r['html']}") for r in records]
    missing = {s: [p for p in pages if not os.path.exists(f"{o.out}/{s}/{p[0]}.txt")] for s in styles}
    for s in styles:
        if s in TEXT_BROWSERS:
            dump_all(s, missing[s], o.out)
    browser = {p: 0 for s in styles if s in BROWSER_STYLES for p in missing[s]}
    if browser and shutil.which("chromium"):
        show_all(list(browser), o.out, styles)


if __name__ == "__main__":
    main()
