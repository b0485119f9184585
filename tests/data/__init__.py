"""Real files that tests read."""

from pathlib import Path

GEMEENTEN = Path(__file__).parent / "gemeenten.csv"
