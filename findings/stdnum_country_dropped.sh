#!/bin/bash
# python-stdnum 2.2: nl.btw.validate("NL004495445B01") gives "004495445B01", eu.vat.validate keeps "NL".
# A VAT number stored after the national check is not usable on an invoice to another country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "python-stdnum==2.2"
"$folder/venv/bin/python" - <<'END'
from stdnum.eu import vat
from stdnum.nl import btw
seen = (btw.validate("NL004495445B01"), vat.validate("NL004495445B01"))
expected = ("004495445B01", "NL004495445B01")
if seen != expected:
    raise SystemExit(f"now seen: {seen!r}")
END
