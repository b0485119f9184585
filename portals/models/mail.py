"""Who the office's mail to customers comes from, and the mail that has to go: its outbox."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Job
from portals.models.accounts import PortalAccount

EMPLOYEE = settings.AUTH_USER_MODEL


class MailSenderQuerySet(models.QuerySet):
    def current(self):
        """The sender, or None as long as nobody was asked."""
        return self.order_by("-pk").first()


class MailSender(models.Model):
    """Name and address that customers see as sender: asked the first time a mail has to go, then kept (R82).

    A change is a new row: what mail was sent under stays on record.
    """

    name = models.CharField(_("name of the sender"), max_length=80)
    address = models.EmailField(_("e-mail address of the sender"))
    by = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = MailSenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("sender of mail")
        verbose_name_plural = _("senders of mail")

    def __str__(self):
        return self.name


class MailKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    RESET = "reset", _("Password reset")


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class OutgoingMail(models.Model):
    """One mail to one account, written in the transaction that asks for it and sent after it (portals/mailing).

    Holds no address, no text and no secret: those are made of the account at the moment of sending.
    """

    account = models.ForeignKey(PortalAccount, models.CASCADE, related_name="mails", verbose_name=_("portal account"))
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="mails", verbose_name=_("job"))
    by = models.ForeignKey(  # empty: the customer asked for it
        EMPLOYEE, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(_("state"), max_length=7, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = models.CharField(_("reason"), max_length=20, blank=True)  # a code of mailing.outcomes.REASONS
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["waiting", "sending"]), name="outgoingmail_to_send"
            ),
            models.Index(fields=["-id"], condition=models.Q(state="failed"), name="outgoingmail_failed"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
