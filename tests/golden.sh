# Each folder of tests/golden is a case: `cmd` runs in it with $OFFPRINT as the program and `in`, if any, as standard
# input; its output and status must be `out`.  UPDATE=1 accepts what comes out now.
export OFFPRINT=$O/offprint LC_ALL=C.UTF-8
unset SOURCE_DATE_EPOCH OFFPRINT_PLUGIN_PATH
for d in tests/golden/*/; do
    name=${d#tests/golden/}
    input=/dev/null
    [ -f "$d/in" ] && input=in
    (cd "$d" && sh ./cmd <$input 2>&1; echo "exit $?") | sed "s#$O/#build/#g" >"$O/tests/got"
    [ "$UPDATE" ] && cp "$O/tests/got" "$d/out"
    if cmp -s "$d/out" "$O/tests/got"; then
        echo "ok ${name%/}"
    else
        echo "not ok ${name%/}"
        diff -u "$d/out" "$O/tests/got" | head -30
    fi
done
