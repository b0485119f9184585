"""Forms of activities, messages, documents and reports (views/dossier.py)."""

from pathlib import PurePath

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.pickers import employees
from crm.core import spelling
from crm.core.form_fields import DateField, MomentField
from crm.core.uploads.fields import OfficeFileField, OfficeFilesField
from relations.kept.forms import LONG, KeptForm
from relations.models import ActivityAttachment, ClientActivity, DossierItem, Message, ReportReference
from relations.pickers import RelationField, chosen_by


class EmployeeField(forms.ModelChoiceField):
    """Whoever fills the form in, unless somebody else is chosen."""

    def __init__(self, by, *, present, **options):
        super().__init__(employees(present=present), empty_label=None, **options)
        self.by = by

    def clean(self, value):
        return super().clean(value or self.by.pk)


class ActivityForm(KeptForm):
    """Gives the activity its `new_attachments`, not saved yet."""

    files = OfficeFilesField(required=False)

    class Meta:
        model = ClientActivity
        fields = ["subject", "kind", "owner", "due_on", "text"]
        field_classes = {"subject": spelling.VisibleField, "due_on": DateField}
        widgets = {"text": LONG}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"] = EmployeeField(self.by, present=self.instance.owner_id, label=_("Owner"))
        self.initial["owner"] = self.instance.owner_id or self.by.pk

    def save(self, commit=True):
        activity = super().save(commit)
        activity.new_attachments = attachments_of(activity, self.cleaned_data["files"])
        return activity


def attachments_of(activity, files):
    return [ActivityAttachment(activity=activity, name=file.name, file=file) for file in files]


class AttachForm(forms.Form):
    files = OfficeFilesField()


class ActivityNoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}))

    def clean_text(self):
        if not spelling.visible(self.cleaned_data["text"]):
            raise forms.ValidationError(_("Write something first."))
        return self.cleaned_data["text"]


class ActivityMoveForm(forms.Form):
    relation = RelationField(label=gettext_lazy("Move to"))

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        chosen_by(by, self)


class MessageForm(KeptForm):
    class Meta:
        model = Message
        fields = ["subject", "direction", "at", "body"]
        field_classes = {"subject": spelling.VisibleField, "at": MomentField}
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk is None:
            self.initial["at"] = timezone.localtime().replace(second=0, microsecond=0)


class DocumentForm(KeptForm):
    """A new document is an upload or a reference to a file elsewhere; what it is, it stays."""

    file = OfficeFileField(required=False)

    class Meta:
        model = DossierItem
        fields = ["title", "file", "location", "owner"]
        field_classes = {"title": spelling.VisibleField, "location": spelling.VisibleField}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        owner = self.instance.owner
        self.fields["title"].required = self.instance.pk is not None
        self.fields["title"].help_text = "" if self.instance.pk else _("Leave empty to use the name of the file.")
        self.fields["location"].help_text = _("A path or address, when the file itself is kept elsewhere.")
        self.fields["owner"] = RelationField(
            present=owner,
            required=False,
            label=_("Owner"),
            help_text=_("Number or name, when the document belongs to another relation."),
        )
        self.initial["owner"] = owner
        chosen_by(self.by, self)
        if self.instance.pk:
            self._stay_what_it_is()

    def _stay_what_it_is(self):
        if self.instance.file:
            del self.fields["location"]
            self.fields["file"].label = _("Replace the file by")
        else:
            del self.fields["file"]
            self.fields["location"].required = True

    def clean(self):
        answers = super().clean()
        if self.instance.pk is None and "file" not in self.errors:
            self._clean_one_of_two(answers.get("file"), answers.get("location"))
        return answers

    def _clean_one_of_two(self, file, location):
        if bool(file) == bool(location):
            self.add_error("file", _("Choose a file, or fill in where it is: one of the two."))
        elif not self.cleaned_data.get("title") and "title" not in self.errors:
            if not file:
                self.add_error("title", self.fields["title"].error_messages["required"])
            else:
                self.instance.title = self.cleaned_data["title"] = PurePath(file.name).stem


class ReportForm(KeptForm):
    class Meta:
        model = ReportReference
        fields = ["title", "location"]
        field_classes = dict.fromkeys(["title", "location"], spelling.VisibleField)
