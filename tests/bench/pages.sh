# CPU time of pages from bytes to text, one process: every EVERYth page of each folder.
# usage: pages.sh FOLDER...
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for folder; do
    if [ ! -d "$folder" ]; then
        echo "pages: skipped, there is no $folder"
        continue
    fi
    rm -f "$tmp"/*
    ls "$folder"/*.html.gz | awk -v n="${EVERY:-25}" 'NR % n == 0' | while read -r f; do
        gzip -dc "$f" >"$tmp/$(basename "$f" .gz)"
    done
    echo "pages: $(ls "$tmp" | wc -l) of $folder"
    "$O/pages" "${ROUNDS:-9}" "$tmp"/*
done
