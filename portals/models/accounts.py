"""Accounts of customers and what they write in the community."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable
from relations.models import Relation


class AccountState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    BLOCKED = "blocked", _("Blocked")


class AccountType(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("account type")
        verbose_name_plural = _("account types")

    def __str__(self):
        return self.name


class PortalAccount(models.Model):
    """The account with which a customer signs in. Deleting it frees the e-mail address (R83)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="portal_accounts", verbose_name=_("relation"))
    account_type = models.ForeignKey(
        AccountType, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("account type")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    password = models.CharField(_("password hash"), max_length=128, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=AccountState, default=AccountState.INVITED)
    last_login_at = models.DateTimeField(_("last signed in at"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["password"])

    class Meta:
        verbose_name = _("portal account")
        verbose_name_plural = _("portal accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="portalaccount_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.email


class CommunityPost(Archivable):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="posts", verbose_name=_("relation"))
    author_name = models.CharField(_("author"), max_length=120)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("community post")
        verbose_name_plural = _("community posts")

    def __str__(self):
        return self.text[:60]


class ReactionKind(models.TextChoices):
    LIKE = "like", _("Like")
    REPLY = "reply", _("Reply")


class Reaction(Archivable):
    """A like or a reply by one relation under a post of any relation."""

    post = models.ForeignKey(CommunityPost, models.PROTECT, related_name="reactions", verbose_name=_("community post"))
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="reactions", verbose_name=_("relation"))
    kind = models.CharField(_("kind"), max_length=6, choices=ReactionKind)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReactionKind.REPLY) | Q(text=""), name="reaction_only_a_reply_has_text"
            )
        ]

    def __str__(self):
        return self.get_kind_display()
