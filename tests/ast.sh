# pandoc's JSON through offprint: what pandoc makes of our JSON is what it had before, and a document of one version
# of the API is the same document in another.
cd "$(dirname "$0")/ast" || exit 1
offprint=$O/offprint
pandoc --version >/dev/null 2>&1 || { echo "skip ast: no pandoc"; exit 0; }
mkdir -p "$O/tests/ast"
out=$O/tests/ast

same() { if cmp -s "$2" "$3"; then echo "ok ast $1"; else echo "not ok ast $1"; diff "$2" "$3" | head -20; fi; }

for f in *.md *.html ../../samples/*.md ../../samples/*.html; do
    pandoc -s "$f" -t native >"$out/want"
    pandoc "$f" -t json | "$offprint" -f json -t json | pandoc -s -f json -t native >"$out/got"
    same "$f" "$out/want" "$out/got"
    pandoc "$f" -t json | "$offprint" -f json -t json+api1.23 | "$offprint" -f json -t json |
        pandoc -s -f json -t native >"$out/got"
    same "$f by 1.23" "$out/want" "$out/got"
done
for f in ../../samples/*.html ../../samples/*.txt ../../samples/*.md; do
    if "$offprint" "$f" -t json 2>"$out/said" | pandoc -f json -t native >>"$out/said" 2>&1; then
        echo "ok ast pandoc reads ${f##*/}"
    else
        echo "not ok ast pandoc reads ${f##*/}"
        tail -3 "$out/said"
    fi
done
for f in *.json; do
    "$offprint" -f json -t json "$f" >"$out/1"
    pandoc -f json -t native "$out/1" >"$out/got"
    same "$f" "${f%.json}.native" "$out/got"
    "$offprint" -f json -t dump "$f" >"$out/want"
    "$offprint" -f json -t dump "$out/1" >"$out/got"
    same "$f and back" "$out/want" "$out/got"
done
