"""What is said about a support task."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.uploads.fields import AttachmentField


class CommentForm(forms.Form):
    """Words, a file, or both."""

    text = forms.CharField(
        label=_("Your message"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = AttachmentField(required=False)

    def clean(self):
        answers = super().clean()
        if not self.errors and not (answers["text"] or answers["file"]):
            self.add_error("text", _("Type a message or choose a file."))
        return answers
