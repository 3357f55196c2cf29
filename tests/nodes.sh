# Every node type in every writer: made from nodes.def and formats.def.
. tests/lib.sh
have pdfinfo || { echo "skip nodes: no poppler"; exit 0; }
python3 tests/nodes/run.py "$offprint" "$work"
