"""Who may open Beheer / Medewerkers."""

from django.contrib.auth.decorators import permission_required

from crm.accounts.actions.permissions import CHANGE

may_change_employees = permission_required(CHANGE, raise_exception=True)
