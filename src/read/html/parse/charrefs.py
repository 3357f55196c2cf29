"""charrefs.py: prints charrefs.def, the named character references, from the list that Python's library has of them."""
from html.entities import html5

for name in sorted({n.rstrip(";") for n in html5}, key=str.encode):
    value = "".join(f"\\{b:03o}" for b in html5.get(name + ";", html5.get(name)).encode())
    print(f'REF("{name}", "{value}", {int(name in html5)})')
