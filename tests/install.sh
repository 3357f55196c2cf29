# A plugin built out of tree against an installed offprint loads and runs; one of another ABI is refused by name.
set -e
root=$O/tests/install
rm -rf "$root"
make -s install O="$O" DESTDIR="$root" PREFIX=/usr >"$O/tests/install.log" 2>&1 || { echo "not ok install"; cat "$O/tests/install.log"; exit 1; }
echo "ok install"
bin=$root/usr/bin/offprint
plugin() {
    cc -std=c11 -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden -I"$root/usr/include" $2 \
        -o "$root/$1.so" "tests/plugin/$1.c" -L"$root/usr/lib" -loffprint
}
expect() {
    got=$(eval "$2" 2>&1 || echo "exit $?")
    case $got in
    $3) echo "ok $1" ;;
    *) echo "not ok $1"; printf '%s\n' "$got" ;;
    esac
}
plugin shout
plugin otherabi
export LD_LIBRARY_PATH=$root/usr/lib
expect "installed program converts" "printf 'a *b*\n' | $bin -f markdown -t html" '<p>a <em>b</em></p>'
expect "plugin out of tree" "printf 'a *b*\n' | $bin -f markdown -t markdown -F $root/shout.so" 'A *B*'
expect "plugin by name on the plugin path" "printf 'a *b*\n' | OFFPRINT_PLUGIN_PATH=$root $bin -f markdown -t markdown -F shout" 'A *B*'
expect "plugin of another ABI" "printf 'a\n' | $bin -f markdown -t markdown -F $root/otherabi.so" '*ABI*99*1*exit 83'
rm -rf "$root"
