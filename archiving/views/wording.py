"""Titles, verdicts and buttons of the pages of an act: verbs with true counts, never "OK"."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archiving.plans.erase import ANONYMISE, DELETE
from archiving.plans.plan import Act
from crm.core.templatetags.formats import amount


def heading(plan, subjects):
    """'10377 · Jansen archiveren' for one relation, '3 relaties archiveren' for more."""
    if plan.total == 1:
        return _heading_of_one(plan) % {"name": subjects[0].name}
    return _counted(_heading_of_many(plan.kind, plan.total), plan.total)


def _heading_of_one(plan):
    if plan.kind == Act.ERASE and ANONYMISE in plan.mode_counts:
        return _("Anonymise %(name)s")  # R89
    return {
        Act.ARCHIVE: _("Archive %(name)s"),
        Act.RESTORE: _("Restore %(name)s"),
        Act.ERASE: _("Erase %(name)s"),  # R88
    }[plan.kind]


def _heading_of_many(kind, count):
    return {
        Act.ARCHIVE: ngettext("Archive %(count)s relation", "Archive %(count)s relations", count),
        Act.RESTORE: ngettext("Restore %(count)s relation", "Restore %(count)s relations", count),
        Act.ERASE: ngettext("Erase %(count)s relation", "Erase %(count)s relations", count),
    }[kind]


def button(plan):
    return _counted(_heading_of_many(plan.kind, plan.can), plan.can)


def verdict(plan):
    """How many can go on, and how many cannot yet."""
    sentences = [*_modes(plan.mode_counts)] if plan.kind == Act.ERASE else [*_can(plan.kind, plan.can)]
    if plan.cannot:
        cannot = ngettext(
            "%(count)s relation still meets an obstacle.", "%(count)s relations still meet an obstacle.", plan.cannot
        )
        sentences.append(_counted(cannot, plan.cannot))
    return " ".join(sentences)


def _can(kind, count):
    if not count:
        return
    sentence = {
        Act.ARCHIVE: ngettext(
            "%(count)s relation can be archived now.", "%(count)s relations can be archived now.", count
        ),
        Act.RESTORE: ngettext(
            "%(count)s relation can be restored now.", "%(count)s relations can be restored now.", count
        ),
    }[kind]
    yield _counted(sentence, count)


def _modes(counts):
    """R95: what the system itself decided, before anybody confirms."""
    if anonymised := counts.get(ANONYMISE):
        sentence = ngettext(
            "%(count)s relation is anonymised, not deleted: reports need its figures.",
            "%(count)s relations are anonymised, not deleted: reports need their figures.",
            anonymised,
        )
        yield _counted(sentence, anonymised)
    if deleted := counts.get(DELETE):
        sentence = ngettext(
            "%(count)s relation is deleted completely.", "%(count)s relations are deleted completely.", deleted
        )
        yield _counted(sentence, deleted)


def is_small(job):
    """Done while one waits, so that a message is enough."""
    return job.total <= settings.JOBS_AT_ONCE


def result(job):
    """'2 relaties gearchiveerd.'"""
    if job.operation == Act.ERASE:
        return " ".join(_erased(job.preview["erased"]))
    sentence = {
        Act.ARCHIVE: ngettext("%(count)d relation archived.", "%(count)d relations archived.", job.done),
        Act.RESTORE: ngettext("%(count)d relation restored.", "%(count)d relations restored.", job.done),
    }[job.operation]
    return sentence % {"count": job.done}


def _erased(modes):
    if deleted := modes[DELETE]:
        sentence = ngettext("%(count)d relation deleted.", "%(count)d relations deleted.", deleted)
        yield sentence % {"count": deleted}
    if anonymised := modes[ANONYMISE]:
        sentence = ngettext("%(count)d relation anonymised.", "%(count)d relations anonymised.", anonymised)
        yield sentence % {"count": anonymised}


def _counted(sentence, count):
    return sentence % {"count": amount(count)}
