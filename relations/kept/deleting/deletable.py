"""Which small things of a relation an administrator may delete (R98-R106). Other apps register theirs."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.reach import rows_of
from relations import models
from relations.models import DeletionReason


@dataclass(frozen=True)
class Deletable:
    """`key`: its place in the address, for most of them that of the tab that shows them."""

    key: str
    model: type[Model]
    reasons: tuple = (DeletionReason.DOUBLE, DeletionReason.MISTAKE)
    shown_in: str = ""  # the key of the tab, when that is another
    refusals: tuple = ()  # (Q, sentence): a row that fits Q is not deleted, and the sentence says what to do
    warnings: tuple = ()  # (Q, sentence): what deleting a row that fits Q brings about

    @property
    def policy(self):
        return policies.policy_of(self.model)

    @property
    def tab(self):
        return self.shown_in or self.key

    @property
    def name(self):
        return self.model._meta.verbose_name

    @property
    def is_activity(self):
        return self.model is models.ClientActivity

    def refusal(self, pk):
        """Why the row `pk` is not deleted, in words; None when it can be."""
        return next(self._fitting(self.refusals, pk), None)

    def warned(self, pk):
        return list(self._fitting(self.warnings, pk))

    def _fitting(self, sentences, pk):
        row = self.model._base_manager.filter(pk=pk)
        return (sentence for condition, sentence in sentences if row.filter(condition).exists())

    def rows(self, relation):
        """Of `relation` itself: a document that it owns in the dossier of another is deleted there."""
        return rows_of(self.policy, [relation.pk])


_deletable: dict[str, Deletable] = {}


def register(kind):
    _deletable[kind.key] = kind


def named(key):
    """The kind with this key, or None."""
    return _deletable.get(key)


def kinds():
    return list(_deletable.values())


register(
    Deletable("activiteiten", models.ClientActivity, reasons=(DeletionReason.DOUBLE, DeletionReason.WRONG_ACTIVITY))
)
register(Deletable("bijlagen", models.ActivityAttachment, shown_in="activiteiten"))
register(Deletable("contactpersonen", models.Contact))
register(Deletable("notities", models.Note))
register(
    Deletable(
        "taken",
        models.Task,
        warnings=((~Q(rhythm="") & Q(done_at=None), _("No next task is made: this series of tasks ends.")),),
    )
)
register(Deletable("afspraken", models.Appointment))
register(Deletable("berichten", models.Message))
register(Deletable("contracten", models.Contract))
register(Deletable("koppelingen", models.RelationLink))
register(Deletable("rapporten", models.ReportReference))
register(Deletable("dossier", models.DossierItem))
register(Deletable("functies", models.FunctionAssignment))
