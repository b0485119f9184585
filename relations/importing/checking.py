"""The dry run: what would become of every row, with the reason. Executing asks the same once more under locks."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from archiving.erasure.numbers import retired
from crm.core.refusals import Refusal
from relations.importing.fields import FIELDS, can_be_imported
from relations.importing.intake import CHUNK, permit
from relations.importing.lines import as_text, cleaned, texts_of
from relations.models import Relation, RelationImport, RelationImportRow, RowOutcome


@dataclass(frozen=True)
class Finding:
    outcome: RowOutcome
    error: str = ""
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    relation_id: int | None = None

    @classmethod
    def stored(cls, row):
        return cls(RowOutcome(row.outcome), row.error, row.before, row.after, row.relation_id)


@transaction.atomic
def check(source, *, mapping, by):
    """Keep `mapping` ({"0": "name"}) and what it would do with every row."""
    permit(by, source)
    source = RelationImport.objects.select_for_update().get(pk=source.pk)
    refuse_executed(source)
    if not can_be_imported(mapping):
        raise Refusal(_("Choose which column holds the name or the number."), status=422)
    rows = list(source.rows.all())
    findings = judge(rows, mapping, by=by)
    for row, finding in zip(rows, findings, strict=True):
        vars(row).update(vars(finding))
    RelationImportRow.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["source", "line"],
        update_fields=["outcome", "error", "before", "after", "relation"],
    )
    source.mapping, source.counts = mapping, Counter(finding.outcome.value for finding in findings)
    source.save(update_fields=["mapping", "counts"])
    return source


def refuse_executed(source):
    if source.is_executed:
        raise Refusal(_("This import has been carried out already. Undo it if it was wrong."))


def judge(rows, mapping, *, by, lock=False):
    """A Finding for each row, with the same number of queries for any number of rows.

    Nothing is told of what is withheld from employee `by`; None is the command line, which may all.
    """
    lines = [texts_of(row.cells, mapping) for row in rows]
    known = _Known(lines, by=by, lock=lock)
    return [_finding(row.line, texts, known) for row, texts in zip(rows, lines, strict=True)]


class _Known:
    """What the database and the file itself say about the numbers and names on the lines."""

    def __init__(self, lines, *, by, lock):
        numbers = Counter(texts["number"] for texts in lines if texts.get("number"))
        self.twice = {number for number, count in numbers.items() if count > 1}
        self.retired = retired(list(numbers))
        self.by_number = {relation.number: relation for relation in _relations(list(numbers), lock)}
        self.withheld = {n for n, relation in self.by_number.items() if by and not relation.is_seen_by(by)}
        self.by_name = _namesakes(
            by, [texts["name"] for texts in lines if texts.get("name") and not texts.get("number")]
        )
        self.seen = {}  # (name, postal code) → first line

    def namesake(self, name, postal_code):
        """An active relation of this name and postal code; without a postal code the name alone is enough."""
        for pk, codes in self.by_name.get(name.casefold(), ()):
            if not postal_code or postal_code in codes:
                return pk
        return None


def _relations(numbers, lock):
    found = Relation.objects.filter(number__in=numbers).defer("search")
    return found.select_for_update().order_by("pk") if lock and numbers else found


def _namesakes(by, names):
    """{name in small letters: [(id, its postal codes)]}; the database makes both sides small, by its own rules."""
    wanted = RawSQL("SELECT lower(unnest(%s::text[]))", [names])
    visible = Relation.objects.visible_to(by) if by else Relation.objects
    found = visible.active().annotate(key=Lower("name")).filter(key__in=wanted).order_by("pk")
    by_name = {}
    for pk, name, *codes in found.values_list("pk", "name", "postal_code", "mail_postal_code"):
        by_name.setdefault(name.casefold(), []).append((pk, codes))
    return by_name


def _finding(line, texts, known):
    number = texts.get("number", "")
    relation = known.by_number.get(number)
    if number in known.withheld:
        return Finding(RowOutcome.ERROR, _("This number belongs to a restricted relation that you have no access to."))
    problem = _problem_of_number(number, relation, known)
    if problem:
        return Finding(RowOutcome.ERROR, problem, relation_id=relation and relation.pk)
    values, errors = cleaned(texts, relation)
    if errors:
        return Finding(RowOutcome.ERROR, " ".join(errors), relation_id=relation and relation.pk)
    return _change(values, relation) if relation else _addition(line, values, known)


def _problem_of_number(number, relation, known):
    if number in known.twice:
        return _("This relation number is in the file more than once.")
    if number in known.retired:
        return _("This number belonged to an erased relation and is never used again. Give another number.")
    if relation and relation.is_archived:
        return _("This number belongs to an archived relation. Restore that one first, or give another number.")
    return ""


def _change(values, relation):
    before = {name: as_text(relation, name) for name in values}
    changed = [name for name, value in values.items() if value != before[name]]
    if not changed:
        return Finding(RowOutcome.UNCHANGED, relation_id=relation.pk)
    return Finding(
        RowOutcome.CHANGED,
        before={name: before[name] for name in changed},
        after={name: values[name] for name in changed},
        relation_id=relation.pk,
    )


def _addition(line, values, known):
    if not values.get("name"):
        return Finding(RowOutcome.ERROR, _("There is no relation with this number, and a new one needs a name."))
    after = {name: values[name] for name in FIELDS if values.get(name)}
    return Finding(RowOutcome.NEW, after=after) if "number" in values else _unnumbered(line, after, known)


def _unnumbered(line, after, known):
    """Without numbers the same file could come in twice: who is already there by name and postal code is an error."""
    name, postal_code = after["name"], after.get("postal_code") or after.get("mail_postal_code", "")
    namesake = known.namesake(name, postal_code)
    if namesake:
        return Finding(RowOutcome.ERROR, _exists(postal_code), relation_id=namesake)
    first = known.seen.setdefault((name.casefold(), postal_code), line)
    if first != line:
        return Finding(RowOutcome.ERROR, _("The same name and postal code are on line %(line)d too.") % {"line": first})
    return Finding(RowOutcome.NEW, after=after)


def _exists(postal_code):
    if postal_code:
        return _("A relation with this name and postal code exists already.")
    return _("A relation with this name exists already. Give a postal code or a number to tell them apart.")
