# Shared by the scripts beside it: . tests/lib.sh
export LC_ALL=C.UTF-8
unset SOURCE_DATE_EPOCH OFFPRINT_PLUGIN_PATH
offprint=$O/offprint
samples="samples/tide-mill.html samples/ferry-page.html samples/lighthouse-dump.txt samples/bread.md"
writers="markdown commonmark gfm html plain json epub pdf"
work=$O/tests/work-${0##*/}
rm -rf "$work"
mkdir -p "$work"
bad=0

# check NAME COMMAND...: ok where the command succeeds, else its output
check() {
    name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok $name"
    else
        echo "not ok $name"
        head -20 "$work/said"
        bad=1
    fi
}
have() { command -v "$1" >/dev/null 2>&1; }
