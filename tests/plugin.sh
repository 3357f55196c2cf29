# Plugins built out of tree against what `make install` installs: a fit one runs, unfit ones are refused with a message
# that says why, and programs work as filters.
cd "$(dirname "$0")/.." || exit 1
dest=$O/tests/plugin
rm -rf "$dest"
mkdir -p "$dest/so"
${MAKE:-make} -s install O="$O" DESTDIR="$dest" PREFIX=/usr >"$dest/log" 2>&1 || { echo "not ok plugin install"; tail -3 "$dest/log"; exit 1; }
offprint=$dest/usr/bin/offprint
[ "$SAN" ] && flags=-fsanitize=address,undefined
for f in tests/plugin/*.c; do
    ${CC:-cc} -std=c11 -Wall -Wextra -Werror -fPIC -shared $flags -I"$dest/usr/include" -o "$dest/so/$(basename "$f" .c).so" "$f" ||
        { echo "not ok plugin build ${f##*/}"; exit 1; }
done

# the example of the manual
sed -n '/^\.Bd -literal/,/^\.Ed/{/^\./d;p;}' man/offprint-filter.7 >"$dest/shout.c"
${CC:-cc} -std=c11 -Wall -Wextra -Werror -fPIC -shared $flags -I"$dest/usr/include" -o "$dest/so/shout.so" "$dest/shout.c" ||
    { echo "not ok plugin build of the manual's example"; exit 1; }

# try NAME WANTED-STATUS WANTED-TEXT ARGUMENTS…: both outputs have the text
try() {
    name=$1 status=$2 text=$3
    shift 3
    got=$(printf 'Some words.\n' | "$offprint" -f text --cleanup=off -t plain "$@" 2>&1)
    rc=$?
    if [ $rc -eq "$status" ] && printf '%s' "$got" | grep -qF -- "$text"; then
        echo "ok plugin $name"
    else
        echo "not ok plugin $name: status $rc, not $status, or not '$text': $got"
    fi
}
export LC_ALL=C.UTF-8
so=$dest/so
try 'by path' 0 'stamped for plain' -F "$so/stamp.so"
try 'by --plugin-path' 0 'stamped for plain' --plugin-path "$so" -F stamp
(export OFFPRINT_PLUGIN_PATH=/nowhere:$so; try 'by environment' 0 'stamped for plain' -F stamp)
try 'with an option' 0 'a b=c for plain' --plugin-path "$so" -F 'stamp:text=a b=c'
got=$(printf '{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Emph","c":[]},{"t":"Emph","c":[{"t":"Str","c":"x"}]}]}]}' |
    "$offprint" filter shout --plugin-path "$so" latex)
case $got in
'{"pandoc-api-version":[1,23,1]'*'"t":"Strong","c":[{"t":"Str","c":"x"}]'*) echo "ok plugin as pandoc calls it" ;;
*) echo "not ok plugin as pandoc calls it: $got" ;;
esac
try 'unknown option' 6 "filter 'stamp' has no option 'colour'; it has text, fail" --plugin-path "$so" -F stamp:colour=red
try 'failure' 83 'asked to fail' --plugin-path "$so" -F stamp:fail
printf 'Words of one.\n' >"$dest/one.txt"
printf 'Words of two.\n' >"$dest/two.txt"
try 'about a book' 0 '2 articles in all' "$dest/one.txt" "$dest/two.txt" --plugin-path "$so" -F count
try 'about a book, of one' 0 '0 articles in all' --plugin-path "$so" -F count
try 'descriptor before flags' 0 'early' "$dest/one.txt" "$dest/two.txt" --plugin-path "$so" -F early
try 'newer generation' 83 'built for plugin interface 2, but this program has 1: the plugin is newer' -F "$so/newer.so"
try 'short descriptor' 83 'the plugin is older and must be rebuilt' -F "$so/older.so"
try 'no plugin' 83 'no filter plugin: it lacks ofp_filter_v1' -F "$so/other.so"
try 'nothing' 83 "no filter 'nonesuch'" -F nonesuch
try 'listed' 0 'adds a paragraph at the end' --plugin-path "$so" --list-filters
try 'listed as unfit' 0 'plugin interface 2' --plugin-path "$so" --list-filters

cat >"$dest/upper" <<'END'
#!/bin/sh
# A filter in pandoc's manner: it must be given the target and pandoc's environment.
[ "$1" = plain ] || { echo "target: $1" >&2; exit 3; }
case $PANDOC_VERSION in 2.17*) ;; *) exit 4 ;; esac
[ -n "$PANDOC_READER_OPTIONS" ] || exit 5
sed 's/words/WORDS/'
END
printf '#!/bin/sh\ncat >/dev/null\necho one >&2\necho "two  three" >&2\nexit 7\n' >"$dest/fails"
printf '#!/bin/sh\nsleep 20\n' >"$dest/hangs"
printf '#!/bin/sh\necho run >>"%s"\nsleep 20\n' "$dest/starts" >"$dest/once.sh"
printf '#!/bin/sh\ncat\nexec >&- 2>&-\nsleep 20\n' >"$dest/lingers"
printf '#!/bin/sh\ncat\necho >&2\necho " two  words" >&2\n' >"$dest/says"
printf '#!/bin/sh\nsleep 30 &\necho $! >"%s"\nwait\n' "$dest/family.pid" >"$dest/family"
printf '#!/bin/sh\nexec 0<&-\necho "{}"\n' >"$dest/garbage"
printf 'import sys\nsys.stdout.write(sys.stdin.read().replace("words", "Wörter"))\n' >"$dest/script.py"
chmod +x "$dest/upper" "$dest/fails" "$dest/hangs" "$dest/garbage" "$dest/lingers" "$dest/says" "$dest/family" "$dest/once.sh"
try 'program' 0 'Some WORDS.' -F "$dest/upper"
(export PATH=$dest:$PATH; try 'program in PATH' 0 'Some WORDS.' -F upper)
try 'program fails' 83 "failed with status 7: one two three" -F "$dest/fails"
try 'program hangs' 83 'no answer within 1 second' --filter-timeout 1 -F "$dest/hangs"
try 'program hangs, and has an interpreter' 83 'once.sh: no answer within 1 second' --filter-timeout 1 -F "$dest/once.sh"
if [ "$(cat "$dest/starts")" = run ]; then echo "ok plugin program that hangs starts once"; else echo "not ok plugin program that hangs starts once"; fi
try 'program lingers' 83 'no answer within 1 second' --filter-timeout 1 -F "$dest/lingers"
try 'program says something' 0 'warning: '"$dest/says: two  words [filter-said]" -F "$dest/says"
# interrupted alone, it takes the filter and what that started along
printf 'Words.\n' | "$offprint" -f text -F "$dest/family" -t plain >"$dest/family.out" 2>&1 &
for i in 1 2 3 4 5 6 7 8 9 10; do sleep .2; [ -s "$dest/family.pid" ] && break; done
kill -TERM $!
wait $!
rc=$? pid=$(cat "$dest/family.pid")
for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>"$dest/gone" || break; grep -q ') Z' "/proc/$pid/stat" && break; sleep .2; done
if [ $rc -eq 143 ] && [ "$i" -lt 10 ]; then echo "ok plugin program interrupted"; else echo "not ok plugin program interrupted: $rc"; fi
try 'program writes garbage' 83 'wrote no document: 1:1: no pandoc document' -F "$dest/garbage"
try 'program with options' 6 'programs take no options' -F "$dest/upper:a=b"
printf '#!/bin/sh\ncat\n' >"$dest/same" && chmod +x "$dest/same"
for to in markdown html epub pdf; do
    "$offprint" -s samples/tide-mill.html -t $to -o "$dest/1" && "$offprint" -s samples/tide-mill.html -F "$dest/same" -t $to -o "$dest/2"
    if cmp "$dest/1" "$dest/2"; then echo "ok plugin: cat changes no $to"; else echo "not ok plugin: cat changes $to"; fi
done
command -v python3 >/dev/null && try 'script without its bit' 0 'Wörter' -F "$dest/script.py"
exit 0
