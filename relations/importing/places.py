"""Names of Dutch places as people write them: WIJK EN AALBURG → Wijk en Aalburg, 'S-GRAVENHAGE → 's-Gravenhage."""

import re

SMALL_WORDS = frozenset(
    "a aan ad a/d a.d. bij ca d de den der en het in op te ten ter van".split()  # noqa: SIM905
)
PROVINCES = frozenset(["NB", "NH", "ZH", "GN", "LB", "UT", "FR", "DR", "OV", "ZL"])  # KATWIJK ZH: which Katwijk
LONG_PROVINCES = {"GLD": "Gld", "ZLD": "Zld", "FLD": "Fld"}
APOSTROPHES = str.maketrans("’‘`´", "''''")


def place_name(text):
    """`text`, with ordinary capitals when it was typed in capitals only."""
    text = text.translate(APOSTROPHES)
    if not text.isupper():
        return text
    words = text.split()
    return " ".join(
        _word(word, first=not index, last=index and index == len(words) - 1) for index, word in enumerate(words)
    )


def _word(word, *, first, last):
    bare = word.strip("()")
    if last and bare in PROVINCES:
        return word
    if last and bare in LONG_PROVINCES:
        return word.replace(bare, LONG_PROVINCES[bare])
    parts = word.split("-")
    return "-".join(_part(part, first=first and not index) for index, part in enumerate(parts))


def _part(part, *, first):
    """'S and 'T are small even at the start of a name."""
    lower = part.lower()
    if lower.startswith("'") or (lower in SMALL_WORDS and not first):
        return lower
    letter = re.search(r"[^\W\d_]", lower)
    if letter is None:
        return lower
    start = letter.start()
    capital = 2 if lower.startswith("ij", start) else 1
    return lower[:start] + lower[start : start + capital].upper() + lower[start + capital :]
