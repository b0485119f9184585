"""Wording and colour of a plan; the templates draw what is decided here."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans.plan import Verb
from crm.core.templatetags.formats import amount, hours, money

LOOKS = {  # of the word behind a kind: badge and icon
    Verb.ARCHIVED: ("", ""),
    Verb.RESTORED: ("badge-ok", "arrow-uturn-left"),
    Verb.CHOSEN: ("badge-warn", "adjustments-horizontal"),
    Verb.STOPPED: ("badge-warn", "stop-circle"),
    Verb.ENDED: ("badge-warn", "calendar"),
    Verb.REASSIGNED: ("badge-warn", "arrow-right"),
    Verb.SCRUBBED: ("badge-warn", "pencil-square"),
    Verb.DELETED: ("badge-danger", "trash"),
    Verb.UNLINKED: ("badge-danger", "link-slash"),
    Verb.REWRITTEN: ("badge-danger", "no-symbol"),
}


@dataclass(frozen=True)
class Line:
    """One row of the table of consequences."""

    label: str
    count: int
    word: str
    badge: str
    icon: str


@dataclass(frozen=True)
class Subject:
    """A relation of the plan: its record, or None when it no longer exists."""

    root: object
    findings: list
    because: list
    mode: str = ""  # erase: "delete" or "anonymise"

    @property
    def is_deleted(self):
        return self.mode == "delete"

    @property
    def becomes(self):
        return {"delete": _("is deleted completely"), "anonymise": _("is anonymised")}.get(self.mode, "")

    @property
    def why(self):
        return capfirst(joined(self.because))

    @property
    def name(self):
        return f"{self.root.number} · {self.root}" if self.root else _("A relation that no longer exists")


@dataclass(frozen=True)
class FileChoice:
    """A file that goes unless its box is ticked."""

    id: int
    title: str
    number: str
    size: int | None
    is_kept: bool


def subjects(plan, only=None):
    """The relations of `plan` (or `only` these keys) in the order of their numbers, one query."""
    wanted = plan.root_ids if only is None else only
    found = policies.root()._base_manager.in_bulk(wanted)
    shown = [_subject(plan, pk, found.get(pk)) for pk in wanted]
    return sorted(shown, key=lambda subject: subject.root.number if subject.root else "")


def _subject(plan, pk, root):
    return Subject(root, plan.blocked.get(pk, []), plan.kept_because.get(pk, []), plan.modes.get(pk, ""))


def lines(plan, *verbs):
    """The rows of the table for the effects with one of `verbs` (all when none is given)."""
    return [_line(effect) for effect in plan.effects if not verbs or effect.verb in verbs]


def _line(effect):
    badge, icon = LOOKS[effect.verb]
    return Line(str(effect.label), effect.count, _word(effect), badge, icon)


def _word(effect):
    if effect.verb == Verb.ARCHIVED:
        return _("can be restored")
    if effect.totals:
        return _("text removed, %(kept)s stays") % {"kept": _amounts(effect.totals)}
    return str(effect.verb.label)


def _amounts(totals):
    written = [_("%(hours)s hours") % {"hours": hours(totals["hours"])}] if "hours" in totals else []
    return joined(written + ([money(totals["money"])] if "money" in totals else []))


def staying(plan):
    """'Taken (12), afspraken (3) en rapporten (9)', or nothing."""
    found = [
        f"{_inside_a_sentence(effect.label)} ({amount(effect.count)})"
        for effect in plan.effects
        if effect.verb == Verb.STAYS
    ]
    return capfirst(joined(found))


def _inside_a_sentence(label):
    """'taken' for 'Taken', but 'SBR-rapporten' stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def joined(parts):
    """a, b en c"""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(list)s and %(last)s") % {"list": ", ".join(parts[:-1]), "last": parts[-1]}


def files(plan, form):
    """The files that go, each under the number of its relation."""
    kept = form["keep_files"].value() or []
    numbers = dict(
        policies.root()._base_manager.filter(pk__in={file.root_id for file in plan.files}).values_list("pk", "number")
    )
    return [
        FileChoice(file.id, file.title, numbers[file.root_id], _size(file.path), str(file.id) in kept)
        for file in plan.files
    ]


def _size(path):
    try:
        return default_storage.size(path)
    except OSError:
        return None  # a missing file is told as such, it stops nothing
