"""Archiving, restoring and erasing as operations on any number of relations (crm/jobs/operations.py)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.acts import chunks, undoing
from archiving.acts.beginning import permission
from archiving.plans.plan import Act
from archiving.policies import Stage
from crm.jobs.operations import Operation, Undo, register


class Reasons(Mapping):
    """`own`, and the obstacles that apps declared for `stage`: asked late, for they are declared after this is read."""

    def __init__(self, own, stage=None):
        self.own, self.stage = own, stage

    def _all(self):
        blockers = [blocker for policy in policies.policies() for blocker in policy.blockers]
        return self.own | {blocker.code: blocker.reason for blocker in blockers if blocker.stage == self.stage}

    def __getitem__(self, code):
        return self._all()[code]

    def __iter__(self):
        return iter(self._all())

    def __len__(self):
        return len(self._all())


DRIFTED = {
    "PLAN_CHANGED": _("something changed since it was shown"),
    "UNANSWERED": _("a question came up that was not asked before: do this relation apart"),
}

register(
    Operation(
        key=Act.ARCHIVE,
        label=_("Archive"),
        done_word=_("archived"),
        permission=permission(Act.ARCHIVE),
        is_for_many=False,
        run=chunks.archive,
        description=_("They go out of sight with what belongs to them. Can be undone."),
        start="archiving:archive",
        order=60,
        reasons=Reasons(DRIFTED | {"ALREADY_ARCHIVED": _("is archived already")}, Stage.ARCHIVE),
        undo=Undo(Act.RESTORE, undoing.fill, undoing.mark),
    )
)
register(
    Operation(
        key=Act.RESTORE,
        label=_("Restore"),
        done_word=_("brought back"),
        permission=permission(Act.RESTORE),
        is_for_many=False,
        run=chunks.restore,
        description=_("What was archived with them comes back too."),
        start="archiving:restore",
        order=70,
        reasons=Reasons(
            DRIFTED
            | {
                "NOT_ARCHIVED": _("is not in the archive any more"),
                "ARCHIVED_ANEW": _("was archived anew since: restore it from the archive"),
                "DEBTOR_ARCHIVED": _("its invoice debtor is archived: restore that relation first, or together"),
            }
        ),
    )
)
register(
    Operation(
        key=Act.ERASE,
        label=_("Erase"),
        done_word=_("erased"),
        permission=permission(Act.ERASE),
        is_for_many=False,
        run=chunks.erase,
        description=_("Archived relations are deleted or anonymised for good. Can never be undone."),
        start="archiving:erase",
        order=80,
        is_final=True,
        reasons=Reasons(
            DRIFTED
            | {
                "NOT_ARCHIVED": _("must be archived first"),
                "FIGURES_CHANGED": _("would change the figures; please tell the administrator"),
                "ANONYMISED": _("is anonymised: reports need its figures"),
            },
            Stage.ERASE,
        ),
    )
)
