# Everything that can go wrong from outside ends with its documented status and one line that says what it was.
. tests/lib.sh
cd "$work" || exit 1
printf '%s\n' '<!DOCTYPE html><title>A title</title><article><h1>A title</h1><p>Some words of a text.</p></article>' >page.html
printf '%s\n' '# Head' 'Text.' >page.md
mkdir folder
: >empty.html
printf '\0\1\2\3\177ELF\0\0\0\0\0\0\0\0\0\0\0\0' >junk.html
printf '{"pandoc-api-version":[1,22],"meta":{},"blocks":[{"t":"Frob"}]}' >bad.json
printf '{"pandoc-api-version":[1,22],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Image","c":[["",[],[]],[],["none.png",""]]}]}]}' >image.json
printf 'title: [unclosed' >bad.yaml
printf '[1]' >bad-meta.json

# status NAME WANTED TEXT COMMAND...: the status, and standard error of at most two lines with TEXT in it
status() {
    name=$1 want=$2 text=$3
    shift 3
    "$@" >said.out 2>said.err
    rc=$?
    lines=$(wc -l <said.err)
    if [ $rc -eq "$want" ] && [ "$lines" -le 2 ] && grep -qF -- "$text" said.err; then
        echo "ok status $want: $name"
    else
        echo "not ok status $want: $name: got $rc, $lines lines"
        head -5 said.err
        bad=1
    fi
}
o=$offprint
status 'missing file' 1 'offprint: nofile.html: No such file or directory' "$o" nofile.html -t html
check 'a missing file is named in JSON' sh -c "'$o' --log=log.json nofile.html -t html; grep -F '\"message\":\"No such file or directory\",\"file\":\"nofile.html\"' log.json"
check 'without an ending it is Markdown' sh -c "'$o' page.md -o noending && '$o' page.md -t markdown | cmp - noending && '$o' page.md -o /dev/null"
odd=$(printf 'a\033b\302\233c\303\233d')
status 'nothing steers the terminal' 1 "$(printf 'a?b??c\303\233d: No such file')" "$o" "$odd" -t html
status 'no language' 0 "warning: 'xx_yy_zz!' is no tag of a language, such as en or pt-BR [meta-odd]" "$o" --lang 'xx_yy_zz!' page.html -t html
status 'a book names its inputs' 0 "image.json: warning: image 'none.png'" "$o" page.html image.json -o book.epub
status 'a folder' 1 'Is a directory' "$o" -f html folder -t html
status 'unwritable output' 1 'folder/none/x.html: cannot write: No such file or directory' "$o" page.html -o folder/none/x.html
status 'output is a folder' 1 'Is a directory' "$o" page.html -t html -o folder
status 'full disk' 1 'No space left on device' "$o" page.html -t html -o /dev/full
status 'closed output' 1 'standard output: Bad file descriptor' sh -c "'$o' page.html -t html >&-"
status 'full disk for a list' 1 'No space left' sh -c "'$o' --help >/dev/full"
status 'warnings' 3 '[input-empty]' "$o" --fail-if-warnings empty.html -t html
status 'warnings are fine' 0 '[input-empty]' "$o" empty.html -t html
status 'unknown option' 6 'no option --frob' "$o" --frob
status 'bad value' 6 '--wrap' "$o" --wrap=x page.html
status 'bad -M' 6 '-M needs KEY=VALUE' "$o" -M =x page.html -t html
status 'no such item' 6 '-M 3:title=x: there are only 2 inputs' "$o" -M 3:title=x page.html page.html -t html
status 'filter without a name' 6 'filter needs a name' "$o" filter
status 'unknown shell' 6 'completion needs a shell' "$o" completion csh
status 'unknown topic' 6 'no help on' "$o" help frob
status 'some items fail' 10 'left out: No such file' "$o" page.html nofile.html -t html
status 'all items fail' 1 'No such file' "$o" nofile.html none.html -t html -q
status 'fail fast' 1 'nofile.html: No such file' "$o" --fail-fast page.html nofile.html -t html
status 'too much loss' 11 'more than --max-loss=1 allows' "$o" --max-loss=1 page.html -t html
status 'bad selector' 6 'selects nothing' "$o" --drop 'a > b' page.html -t html
status 'too large' 12 'larger than the limit of 10 bytes' "$o" --max-input 10 page.html -t html
status 'unknown input format' 21 "unknown input format 'frob'" "$o" -f frob page.html -t html
status 'no input format' 21 "unknown input format 'pdf'" "$o" -f pdf page.html -t html
status 'unknown output format' 22 "unknown output format 'frob'" "$o" page.html -t frob
status 'unknown ending' 22 'x.frob: no format has this ending' "$o" page.html -o x.frob
status 'unknown extension' 23 "format 'json' has no extension 'api1.19'" "$o" page.html -t json+api1.19
status 'bad JSON' 64 'bad.json:1:50: blocks[0]: Frob is not a block' "$o" bad.json -t html
status 'no JSON' 64 'no JSON but an empty input' "$o" -f json -t html /dev/null
status 'no filter' 83 "no filter 'nonesuch'" "$o" page.html -F nonesuch -t html
status 'failing filter' 83 'failed with status' "$o" page.html -F false -t html
status 'unknown encoding' 94 'frob' "$o" --encoding frob page.html -t html
status 'binary' 95 'junk.html' "$o" junk.html -t html
status 'no metadata file' 98 'none.json: No such file' "$o" --metadata-file none.json page.html -t html
status 'bad metadata file' 98 'expected an object of metadata' "$o" --metadata-file bad-meta.json page.html -t html
status 'malformed YAML' 98 'bad.yaml:' "$o" --metadata-file bad.yaml page.html -t html
status 'strict resources' 99 'could not be used' "$o" -q --strict-resources image.json -o strict.epub
status 'lost images are fine' 0 '[resource-missing]' "$o" image.json -o lax.epub

# an older output survives, and nothing is left beside it
echo old >old.html
"$o" -F nonesuch page.html -o old.html 2>/dev/null
"$o" bad.json -o old.html 2>/dev/null
check 'status: older output survives' grep -qx old old.html
(ulimit -f 0; trap '' XFSZ; "$o" page.html -o old.html 2>/dev/null)
check 'status: and a full disk' grep -qx old old.html
check 'status: nothing left over' sh -c '! ls | grep -q "html\."'

# a terminal gets no binary file, and is not waited for
if have script && script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    script -qec "'$o' page.html -t epub" /dev/null >said.out 2>&1 </dev/null
    check 'status: no binary output to a terminal' grep -q 'epub is not for a terminal' said.out
    script -qec "'$o'" /dev/null >said.out 2>&1 </dev/null
    check 'status: a terminal is no input' grep -q 'no input: name a file' said.out
else
    echo "skip status: no terminal to try"
fi
"$o" completion bash >bash.sh && check 'status: completion for bash' bash -n bash.sh

# a reader that goes away ends the program quietly
"$o" -f text --cleanup=off -t html /dev/stdin 2>pipe.err <<END | true
$(yes 'A line of words that goes on.' | head -20000)
END
check 'status: closed pipe is quiet' test ! -s pipe.err
exit $bad
