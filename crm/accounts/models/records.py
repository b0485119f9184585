"""What stays on record about accounts of employees: what administrators changed, and who signed in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    INVITED = "invited", _("Invited")
    INVITED_AGAIN = "again", _("Invited again")
    CHANGED = "changed", _("Details or roles changed")
    LEFT = "left", _("Let go")
    RETURNED = "returned", _("Came back")
    SECOND_STEP_REMOVED = "second_step", _("Second step removed")


class EmployeeChange(models.Model):
    """What an administrator did to an account. `details` holds counts, roles and names of fields, never a value."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="changes", verbose_name=_("employee")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind)
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("work went to")
    )
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.employee_id}"


class SignInMethod(models.TextChoices):
    PASSWORD = "password", _("Password")
    CODE = "code", _("Password and code")
    RECOVERY = "recovery", _("Password and recovery code")
    KEY = "key", _("Password and passkey")
    PASSKEY = "passkey", _("Passkey")


class SignInOutcome(models.TextChoices):
    IN = "in", _("Signed in")
    REFUSED = "refused", _("Refused")
    TOO_OFTEN = "too_often", _("Refused: too often")
    LEFT = "left", _("Refused: account not active")


class SignIn(models.Model):
    """One time that somebody tried to sign in: who, when, how, and what came of it; nothing of what was typed.

    `employee` is empty when the e-mail address belongs to nobody.
    """

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sign_ins", verbose_name=_("employee")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    method = models.CharField(_("how"), max_length=8, choices=SignInMethod)
    outcome = models.CharField(_("outcome"), max_length=9, choices=SignInOutcome)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], name="signin_at"),
            models.Index(fields=["employee", "-id"], name="signin_of_employee"),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_in(self):
        return self.outcome == SignInOutcome.IN
