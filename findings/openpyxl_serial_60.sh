#!/bin/bash
# openpyxl 3.1.5 reads the Excel serials 59 and 60 both as 28 February 1900 (Excel shows 60 as 29 February).
# Two different cells of an imported sheet become one date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "openpyxl==3.1.5"
"$folder/venv/bin/python" - <<'END'
from openpyxl.utils.datetime import from_excel
seen = [str(from_excel(n)) for n in (59, 60, 61)]
expected = ["1900-02-28 00:00:00", "1900-02-28 00:00:00", "1900-03-01 00:00:00"]
if seen != expected:
    raise SystemExit(f"now seen: {seen!r}")
END
