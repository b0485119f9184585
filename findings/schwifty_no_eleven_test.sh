#!/bin/bash
# schwifty 2026.10.1 with validate_bban=True takes Dutch IBANs of one bank whose account ends in 0 and in 1: both True.
# The Dutch 11-test allows at most one of them, so a mistyped account passes when its check digits are reckoned anew.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "schwifty==2026.10.1"
"$folder/venv/bin/python" - <<'END'
from schwifty import IBAN
made = [IBAN.generate("NL", bank_code="ABNA", account_code=n) for n in ("0417164300", "0417164301")]
seen = [bool(IBAN(str(i), validate_bban=True)) for i in made]
expected = [True, True]
if seen != expected:
    raise SystemExit(f"now seen: {seen!r}")
END
