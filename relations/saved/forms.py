"""What is asked when a filter or selection is kept, shared, combined, or the columns of the list are chosen."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts import roles
from crm.core.spelling import VisibleField
from relations.models import SavedFilter, Selection
from relations.rights import SHARE_WITH_OFFICE

NEW = "new"
HOW = [
    ("union", _("Relations in the first or the second")),
    ("intersection", _("Relations in both")),
    ("difference", _("Relations in the first and not in the second")),
]


class SharedForm(forms.Form):
    """Name and reach of a saved filter or a selection (`model`): a new one of `by`, or `record`."""

    name = VisibleField(label=_("Name"), max_length=80)
    reach = forms.ChoiceField(label=_("Who sees it"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, model, by, record=None, **options):
        super().__init__(*args, **options)
        self.model, self.by, self.record = model, by, record
        self.fields["reach"].choices = self._reaches()
        self.initial = {"reach": record.reach if record else "me", **self.initial}
        if record:
            self.initial |= {"name": record.name, "version": record.version}
        if not by.has_perm(SHARE_WITH_OFFICE):
            self.fields["reach"].help_text = _("Only an administrator shares with the whole office: ask one.")

    def _reaches(self):
        groups = self.by.groups.order_by("name")
        reaches = {"me": _("Only me")} | {str(group.pk): roles.title(group.name) for group in groups}
        if self.by.has_perm(SHARE_WITH_OFFICE):
            reaches["office"] = _("Whole office")
        if self.record:
            reaches.setdefault(self.record.reach, self.record.reach_in_words)
        return list(reaches.items())

    def clean_name(self):
        name, own = self.cleaned_data["name"], self.record
        owner = own.owner_id if own else self.by.pk
        if self.model.objects.filter(owner=owner, name=name).exclude(pk=own and own.pk).exists():
            raise forms.ValidationError(gettext("You have one with this name already: type another name."))
        return name

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("name", "reach")}


class NewFilterForm(SharedForm):
    pinned = forms.BooleanField(label=_("Show as a tab above the list"), required=False, initial=True)
    with_columns = forms.BooleanField(
        label=_("Keep the columns that are shown now with this filter"), required=False, initial=False
    )


class KeepForm(SharedForm):
    """Relations go into a new selection, or into one that is there."""

    into = forms.ChoiceField(label=_("Where they go"))
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, **options):
        super().__init__(*args, model=Selection, by=by, **options)
        present = Selection.objects.editable_by(by)
        self.fields["into"].choices = [(NEW, _("A new selection")), *((str(s.pk), s.name) for s in present)]
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Only for a new selection.")
        self.order_fields(["into", "name", "reach"])

    def clean(self):
        answers = super().clean()
        if answers.get("into") == NEW and not answers.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Give the new selection a name."))
        return answers


class SourceForm(forms.Form):
    """Another set: a saved filter or a selection, of those that `by` may see."""

    source = forms.ChoiceField(label=_("Add the relations of"))

    def __init__(self, *args, by, selection, **options):
        super().__init__(*args, **options)
        filters = SavedFilter.objects.visible_to(by)
        others = Selection.objects.visible_to(by).exclude(pk=selection.pk)
        self.fields["source"].choices = [
            ("", _("Choose a filter or a selection")),
            (_("Filters"), [(f"filter-{kept.pk}", kept.name) for kept in filters]),
            (_("Selections"), [(f"selection-{kept.pk}", kept.name) for kept in others]),
        ]


class CombineForm(forms.Form):
    first = forms.ModelChoiceField(Selection.objects.none(), label=_("First selection"))
    second = forms.ModelChoiceField(Selection.objects.none(), label=_("Second selection"))
    how = forms.ChoiceField(label=_("Which relations"), choices=HOW, widget=forms.RadioSelect, initial="union")

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        for name in ("first", "second"):
            self.fields[name].queryset = Selection.objects.visible_to(by)

    def clean(self):
        answers = super().clean()
        if answers.get("first") and answers.get("first") == answers.get("second"):
            self.add_error("second", gettext("Choose another selection than the first."))
        return answers


class ColumnsForm(forms.Form):
    """Which of the `offered` columns, and in which order: the lower the number, the further to the left."""

    def __init__(self, *args, offered, chosen, **options):
        super().__init__(*args, **options)
        self.offered = offered
        places = {key: place for place, key in enumerate(chosen, start=1)}
        ordered = [*chosen, *(key for key in offered if key not in places)]
        for place, key in enumerate(ordered, start=1):
            title = offered[key].title
            self.fields[f"show-{key}"] = forms.BooleanField(label=title, required=False, initial=key in places)
            self.fields[f"place-{key}"] = forms.IntegerField(
                label=gettext("Place of %(column)s") % {"column": title},
                min_value=1,
                max_value=999,
                initial=place,
            )
        self.keys = ordered

    def clean(self):
        known = {*self.fields, "csrfmiddlewaretoken", "act", "for"}
        if any(name not in known for name in self.data):
            raise forms.ValidationError(gettext("This page has changed. Load it again and try once more."))
        if not self.errors and not self.chosen:
            raise forms.ValidationError(gettext("Choose at least one column."))
        return super().clean()

    @property
    def chosen(self):
        """The keys of the ticked columns, in order; those with the same number stay as they were."""
        answers = self.cleaned_data
        ticked = [key for key in self.keys if answers.get(f"show-{key}")]
        return sorted(ticked, key=lambda key: answers[f"place-{key}"])

    @property
    def lines(self):
        return [(self[f"show-{key}"], self[f"place-{key}"]) for key in self.keys]
