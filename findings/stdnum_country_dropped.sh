#!/bin/bash
# python-stdnum 2.2, read on an invented number: nl.btw.validate("NL123400004B01") gives "123400004B01", eu.vat.validate keeps "NL".
# A VAT number stored after the national check is not usable on an invoice to another country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "python-stdnum==2.2"
"$folder/venv/bin/python" - <<'END'
from stdnum.eu import vat
from stdnum.nl import btw
seen = (btw.validate("NL123400004B01"), vat.validate("NL123400004B01"))
expected = ("123400004B01", "NL123400004B01")
if seen != expected:
    raise SystemExit(f"now seen: {seen!r}")
END
