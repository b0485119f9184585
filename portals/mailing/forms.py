from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.spelling import VisibleField
from portals.models import MailSender


class SenderFields(forms.Form):
    """Who the mail comes from: asked as long as nobody has answered it (R82)."""

    sender_name = VisibleField(
        label=_("Sender"), max_length=80, help_text=_("The name that customers see above mail from your office.")
    )
    sender_address = forms.EmailField(label=_("E-mail address of the sender"), help_text=_("Answers come in here."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.is_about_the_sender and MailSender.objects.exists():
            del self.fields["sender_name"], self.fields["sender_address"]

    is_about_the_sender = False

    @property
    def sender(self):
        """What set_sender() takes, or None when the sender is known."""
        answers = self.cleaned_data
        if "sender_name" not in answers:
            return None
        return {"name": answers["sender_name"], "address": answers["sender_address"]}


class SenderForm(SenderFields):
    """Beheer: the sender itself."""

    is_about_the_sender = True
