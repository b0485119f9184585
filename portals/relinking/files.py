"""Relinking many contractants from a CSV file: every line checked, nothing kept (B11).

The page of the dry run carries the lines along; what is confirmed is checked anew and must come out the same.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.core.drift import digest
from portals.models import Contractant
from portals.relinking.planning import PROBLEMS, Move, Plan, plans
from relations.importing.reading import UnreadableFile, check_size, read_csv
from relations.models import Relation

COLUMNS = ["database", "contractant", "oud relatienummer", "nieuw relatienummer"]
MOST_LINES = 2000


@dataclass(frozen=True)
class Line:
    """One line of the file. `problem` is a sentence, empty when it can be done; `plan` then says what happens."""

    number: int
    database: str
    code: str
    old_number: str
    new_number: str
    plan: Plan | None = None
    problem: str = ""

    @property
    def cells(self):
        return [self.database, self.code, self.old_number, self.new_number]


@dataclass(frozen=True)
class CheckedFile:
    lines: list[Line]

    @property
    def able(self):
        return [line for line in self.lines if not line.problem]

    @property
    def wrong(self):
        return [line for line in self.lines if line.problem]

    @property
    def moves(self):
        """{Move: fingerprint} of what can be done."""
        return {line.plan.move: line.plan.fingerprint for line in self.able}

    @property
    def tasks(self):
        return sum(len(line.plan.links) for line in self.able)

    @property
    def fingerprint(self):
        told = [(line.cells, line.problem, line.plan and line.plan.fingerprint) for line in self.lines]
        return digest(told)

    @property
    def text(self):
        """The lines as a CSV text again, for the form that confirms them."""
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows([COLUMNS, *(line.cells for line in self.lines)])
        return out.getvalue()


def check(content, *, by):
    """A CheckedFile of the bytes of a CSV file, in as many queries however many lines; raises UnreadableFile.

    There is no relation in it that employee `by` may not see.
    """
    check_size(len(content))
    rows = _rows(content)
    contractants = _contractants(rows)
    numbers = {number for _line, cells in rows for number in cells[2:]}
    relations = {relation.number: relation for relation in Relation.objects.visible_to(by).filter(number__in=numbers)}
    moves = {line: _move(cells, contractants, relations) for line, cells in rows}
    found = dict(zip(moves, plans([move or Move(0, 0) for move in moves.values()]), strict=True))
    twice = _named_twice(rows)
    return CheckedFile([_line(line, cells, found[line], contractants, relations, twice) for line, cells in rows])


def _rows(content):
    """[(line, four texts)] in the order of COLUMNS."""
    sheet = read_csv(content)
    names = [name.casefold() for name in sheet.columns]
    if missing := [name for name in COLUMNS if name not in names]:
        sentence = _("The first line does not name the column “%(name)s”. It has to read: %(columns)s")
        raise UnreadableFile(sentence % {"name": missing[0], "columns": ";".join(COLUMNS)})
    if len(sheet.rows) > MOST_LINES:
        raise UnreadableFile(_("The file has more than %(count)d lines. Split it.") % {"count": MOST_LINES})
    places = [names.index(name) for name in COLUMNS]
    return [(line, [cells[place] for place in places]) for line, cells in sheet.rows]


def _contractants(rows):
    """{(database, code) in small letters: Contractant}"""
    codes = {code.lower() for _line, (_database, code, *_rest) in rows}
    found = Contractant.objects.alias(small=Lower("code")).filter(small__in=codes)
    return {(row.database.lower(), row.code.lower()): row for row in found}


def _move(cells, contractants, relations):
    contractant, relation = _contractant(cells, contractants), relations.get(cells[3])
    return Move(contractant.pk, relation.pk) if contractant and relation else None


def _contractant(cells, contractants):
    return contractants.get((cells[0].lower(), cells[1].lower()))


def _named_twice(rows):
    """Numbers of relations that occur more than once: which line comes first would make a difference."""
    counts = Counter(number for _line, cells in rows for number in set(cells[2:]) if number)
    return {number for number, count in counts.items() if count > 1}


def _line(line, cells, plan, contractants, relations, twice):
    problem = _of_cells(cells, contractants, relations, twice) or _of_plan(cells, plan)
    return Line(line, *cells, plan=None if problem else plan, problem=problem)


def _of_cells(cells, contractants, relations, twice):
    if not all(cells):
        return _("Fill in all four columns.")
    if _contractant(cells, contractants) is None:
        return _("There is no contractant with this database and code.")
    for number in cells[2:]:
        if number not in relations:
            return _("There is no relation with number %(number)s.") % {"number": number}
        if number in twice and cells[2] != cells[3]:
            return _("Relation %(number)s stands on another line too: put those in files of their own.") % {
                "number": number
            }
    return ""


def _of_plan(cells, plan):
    if plan.old and plan.old.relation.number != cells[2]:
        return _("The contractant is linked to relation %(number)s, not to this one.") % {
            "number": plan.old.relation.number
        }
    return f"{capfirst(PROBLEMS[plan.problem])}." if plan.problem else ""
