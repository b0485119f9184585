"""Titles, verdicts and buttons of the pages of an act: verbs with true counts, never "OK"."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archiving.models import ProposalKind
from archiving.views.outcomes import done_ids


def heading(plan, subjects):
    """'10377 · Jansen archiveren' for one relation, '3 relaties archiveren' for more."""
    count = len(plan.root_ids)
    if count == 1:
        return _heading_of_one(plan) % {"name": subjects[0].name}
    return _heading_of_many(plan.kind, count) % {"count": count}


def _heading_of_one(plan):
    if plan.kind == ProposalKind.ERASE and "anonymise" in plan.modes.values():
        return _("Anonymise %(name)s")  # R89
    return {
        ProposalKind.ARCHIVE: _("Archive %(name)s"),
        ProposalKind.RESTORE: _("Restore %(name)s"),
        ProposalKind.ERASE: _("Erase %(name)s"),  # R88
    }[plan.kind]


def _heading_of_many(kind, count):
    return {
        ProposalKind.ARCHIVE: ngettext("Archive %(count)d relation", "Archive %(count)d relations", count),
        ProposalKind.RESTORE: ngettext("Restore %(count)d relation", "Restore %(count)d relations", count),
        ProposalKind.ERASE: ngettext("Erase %(count)d relation", "Erase %(count)d relations", count),
    }[kind]


def button(plan):
    count = len(plan.runnable)
    return _heading_of_many(plan.kind, count) % {"count": count}


def verdict(plan):
    """How many can go on, and how many cannot yet."""
    can, blocked = len(plan.runnable), len(plan.blocked)
    sentences = [*_modes(plan)] if plan.kind == ProposalKind.ERASE else [*_can(plan.kind, can)]
    if blocked:
        cannot = ngettext(
            "%(count)d relation still meets an obstacle.", "%(count)d relations still meet an obstacle.", blocked
        )
        sentences.append(cannot % {"count": blocked})
    return " ".join(sentences)


def _can(kind, count):
    if not count:
        return
    sentence = {
        ProposalKind.ARCHIVE: ngettext(
            "%(count)d relation can be archived now.", "%(count)d relations can be archived now.", count
        ),
        ProposalKind.RESTORE: ngettext(
            "%(count)d relation can be restored now.", "%(count)d relations can be restored now.", count
        ),
    }[kind]
    yield sentence % {"count": count}


def _modes(plan):
    """R95: what the system itself decided, before anybody confirms."""
    anonymised = list(plan.modes.values()).count("anonymise")
    if anonymised:
        sentence = ngettext(
            "%(count)d relation is anonymised, not deleted: reports need its figures.",
            "%(count)d relations are anonymised, not deleted: reports need their figures.",
            anonymised,
        )
        yield sentence % {"count": anonymised}
    if deleted := len(plan.modes) - anonymised:
        sentence = ngettext(
            "%(count)d relation is deleted completely.", "%(count)d relations are deleted completely.", deleted
        )
        yield sentence % {"count": deleted}


def result(proposal):
    """'2 relaties gearchiveerd.'"""
    count = len(done_ids(proposal))
    if not count:
        return _("Nothing was done")
    if proposal.kind == ProposalKind.ERASE:
        return " ".join(_erased(list(proposal.outcome["modes"].values())))
    sentence = {
        ProposalKind.ARCHIVE: ngettext("%(count)d relation archived.", "%(count)d relations archived.", count),
        ProposalKind.RESTORE: ngettext("%(count)d relation restored.", "%(count)d relations restored.", count),
    }[proposal.kind]
    return sentence % {"count": count}


def _erased(modes):
    if deleted := modes.count("delete"):
        sentence = ngettext("%(count)d relation deleted.", "%(count)d relations deleted.", deleted)
        yield sentence % {"count": deleted}
    if anonymised := modes.count("anonymise"):
        sentence = ngettext("%(count)d relation anonymised.", "%(count)d relations anonymised.", anonymised)
        yield sentence % {"count": anonymised}
