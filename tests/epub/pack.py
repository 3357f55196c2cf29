"""pack.py BOOK OUT: an EPUB from a text that holds all of its files.

A line "=== PATH" begins a file, "=== PATH base64" one whose bytes are in base64, "=== PATH xN" one whose text is
repeated N times.  The file mimetype is added in front; where there is no META-INF/container.xml, one that names
OEBPS/book.opf is added, too."""
import base64, sys, zipfile

CONTAINER = ('<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
             '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')

def files_of(text):
    for part in text.split("\n=== ")[1:]:
        head, _, body = part.partition("\n")
        path, _, how = head.partition("\t") if "\t" in head else head.partition("  ")
        how = how.strip()
        data = base64.b64decode(body) if how == "base64" else (body + "\n").encode()
        yield path, data * int(how[1:]) if how.startswith("x") else data

def add(z, path, data, method=zipfile.ZIP_DEFLATED):
    info = zipfile.ZipInfo(path)
    info.compress_type = method
    z.writestr(info, data)

def pack(text, out):
    with zipfile.ZipFile(out, "w") as z:
        add(z, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        files = list(files_of("\n" + text))
        if "META-INF/container.xml" not in dict(files):
            files.insert(0, ("META-INF/container.xml", CONTAINER))
        for path, data in files:
            add(z, path, data)

if __name__ == "__main__":
    pack(open(sys.argv[1], encoding="utf-8").read(), sys.argv[2])
