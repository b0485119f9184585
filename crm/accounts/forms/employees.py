"""What the pages of Beheer / Medewerkers ask."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from crm.accounts.roles import EMPLOYEE_ROLE, ROLES, TITLES
from crm.core.optimistic import OptimisticForm


class EmployeeForm(OptimisticForm):
    """Who it is and what they may do; saved by actions.employees."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, TITLES[role]) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beheerder comes on top of Medewerker: restoring, erasing, employees and settings."),
        error_messages={"required": _("Tick at least one role.")},
    )

    class Meta:
        model = Employee
        fields = ["name", "email"]
        error_messages = {"email": {"unique": _("Somebody here has this e-mail address already.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("roles", self._roles())
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def _roles(self):
        return [group.name for group in self.instance.groups.all()] if self.instance.pk else [EMPLOYEE_ROLE]

    def clean_email(self):
        """Capitals make no other address."""
        email = self.cleaned_data["email"].lower()
        if Employee.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody here has this e-mail address already."))
        return email

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("email", "name", "roles")}


class DepartureForm(forms.Form):
    """Who takes the open work of `leaver` over, and since when the leaver is gone."""

    to = forms.ModelChoiceField(label=_("Who takes the work over"), queryset=None, empty_label=_("Choose a colleague"))
    left_on = forms.DateField(
        label=_("Last day"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args, leaver, needs_successor, **kwargs):
        super().__init__(*args, **kwargs)
        self.leaver = leaver
        self.fields["to"].queryset = Employee.objects.active().exclude(pk=leaver.pk)
        self.fields["left_on"].initial = timezone.localdate()
        if not needs_successor:
            del self.fields["to"]

    def clean_left_on(self):
        left_on = self.cleaned_data["left_on"]
        if left_on > timezone.localdate():
            raise forms.ValidationError(_("The account closes at once, so the last day lies not in the future."))
        if self.leaver.joined_on and left_on < self.leaver.joined_on:
            raise forms.ValidationError(_("The last day lies before the first."))
        return left_on

    @property
    def answers(self):
        return {"to": self.cleaned_data.get("to"), "left_on": self.cleaned_data["left_on"]}
