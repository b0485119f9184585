"""Who looks after a relation: an employee, nobody, or whoever asks."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core.conditions import Option
from crm.core.conditions.kinds import Operator


@dataclass(frozen=True, kw_only=True)
class ManagedBy(Option):
    column: str = "manager"

    @cached_property
    def operators(self):
        me = Operator("me", _("is I myself"))
        return *super().operators, me, Operator("nobody", _("is nobody"))

    def refusal(self, operator, known):
        """Where nobody asks, nothing is "mine"; it must not come to mean "nobody's"."""
        if operator != "me" or known.by is not None:
            return ""
        return _("“Relation manager is I myself” only works for somebody who is signed in. Choose an employee by name.")

    def q(self, operator, value, known):
        match operator:
            case "me":
                return Q(manager=known.by)
            case "nobody":
                return Q(manager=None)
        return super().q(operator, value, known)
