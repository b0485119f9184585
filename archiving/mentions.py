"""Where else a relation is named in words that people typed: left for a person to judge before erasing.

Each app registers what it knows to look through in its `mentions.py` (autodiscovered).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    text: str
    url: str = ""  # where it can be changed, for who may


_finders = []


def register(find):
    """`find(roots, employee)` gives the Mentions of these relations, in a fixed number of queries."""
    _finders.append(find)


def of(roots, employee):
    return [mention for find in _finders for mention in find(roots, employee)]
