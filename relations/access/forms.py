"""Which employees and groups see a restricted relation."""

import json

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts import roles
from crm.accounts.models import Employee


class GroupsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group):
        return roles.title(group.name)


class AccessForm(forms.Form):
    """Of the relation `record`. Who left can lose access here, not get it."""

    employees = forms.ModelMultipleChoiceField(
        Employee.objects.none(), required=False, label=_("Employees"), widget=forms.CheckboxSelectMultiple
    )
    groups = GroupsField(
        Group.objects.none(),
        required=False,
        label=_("Groups"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody who is in the group, now or later."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_stale = False

    def __init__(self, *args, record, by, **options):
        super().__init__(*args, **options)
        given = Employee.objects.filter(relationuserpermission__content_object=record)
        self.fields["employees"].queryset = Employee.objects.filter(Q(is_active=True) | Q(pk__in=given.values("pk")))
        self.fields["groups"].queryset = Group.objects.order_by("name")
        self.given = {
            "employees": list(given),
            "groups": list(Group.objects.filter(relationgrouppermission__content_object=record)),
        }
        self.initial = self.given | {
            "seen": self._given_now(),
            "employees": list(given) or [who for who in (record.manager, by) if who],
        }

    def _given_now(self):
        """Who has access: keys alone."""
        return json.dumps({name: sorted(each.pk for each in found) for name, found in self.given.items()})

    def clean(self):
        answers = super().clean()
        if answers.pop("seen", "") not in ("", self._given_now()):
            self._refuse_stale()
        if not self.errors and not answers["groups"] and not any(who.is_active for who in answers["employees"]):
            raise forms.ValidationError(
                gettext("Choose at least one employee or group: somebody must be able to see the relation.")
            )
        return answers

    def _refuse_stale(self):
        """Saving once more is then a decision."""
        self.is_stale = True
        self.data = self.data.copy()
        self.data["seen"] = self._given_now()
        names = ", ".join(str(each) for found in self.given.values() for each in found) or gettext("everybody")
        sentence = gettext("Somebody else changed this meanwhile. Nothing was saved. Now have access: %(names)s.")
        self.add_error(None, sentence % {"names": names})
