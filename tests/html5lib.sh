# html5lib's tests, where they are: trees through the HTML reader's own DOM, and decodings.
cases=${SHARED:-../shared}/corpora/html5lib
[ -d "$cases" ] || { echo "skip html5lib: no $cases"; exit 0; }
python3 tests/html5lib/run.py $1 "$O/html5lib" "$cases"
