#!/bin/bash
# phonenumbers 9.0.43 takes the Dutch "tst 12" (toestel: extension) for letters on the keypad: its figures join
# the number and no extension is set. Address books of offices are full of it: such a number cannot be called.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "phonenumbers==9.0.43"
"$folder/venv/bin/python" - <<'END'
import phonenumbers
n = phonenumbers.parse("020-5551234 tst 12", "NL")
seen, expected = (n.national_number, n.extension), (20555123487812, None)
if seen != expected:
    raise SystemExit(f"now seen: {seen!r}")
END
