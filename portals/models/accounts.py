"""Accounts of customers and what they write in the community."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable, ArchivableQuerySet
from archiving.policies import ERASED_TEXT
from relations.models import ERASED_NAME, Relation


class AccountState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    BLOCKED = "blocked", _("Blocked")


class AccountType(models.Model):
    """What an account is for; the office keeps its own list (R81)."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("account type")
        verbose_name_plural = _("account types")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PortalAccountQuerySet(models.QuerySet):
    def with_address(self, address):
        """The account of this e-mail address, however it is capitalised: one at most (R83)."""
        return self.alias(address=Lower("email")).filter(address=address.strip().lower())

    def blocked(self):
        return self.filter(state=AccountState.BLOCKED)

    def open(self):
        """Not blocked: signs in, or is still invited to."""
        return self.exclude(state=AccountState.BLOCKED)


class PortalAccount(models.Model):
    """The account with which a customer signs in. Deleting it frees the e-mail address (R83).

    Blocked: cannot sign in and reads `block_message`; unblocked it is what it was (R84). With the relation archived
    nobody signs in either, and nothing of the account changes.
    """

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="portal_accounts", verbose_name=_("relation"))
    account_type = models.ForeignKey(
        AccountType, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("account type")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    password = models.CharField(_("password hash"), max_length=128, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=AccountState, default=AccountState.INVITED)
    last_login_at = models.DateTimeField(_("last signed in at"), null=True, blank=True)
    block_message = models.TextField(_("message about the block"), max_length=500, blank=True)
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("blocked by")
    )

    objects = PortalAccountQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["password"])

    class Meta:
        verbose_name = _("portal account")
        verbose_name_plural = _("portal accounts")
        permissions = [("manage_accounts", _("Can manage the accounts of customers"))]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="portalaccount_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.email

    @property
    def is_blocked(self):
        return self.state == AccountState.BLOCKED


class PostQuerySet(ArchivableQuerySet):
    def visible(self):
        """What customers read (R77): not what went to the archive with its author. Of an erased one what was kept, and
        of what was not the place, when others replied under it."""
        there = Q(archival=None, relation__erasure=None)
        left = Q(relation__erasure__isnull=False) & (~Q(text=ERASED_TEXT) | Exists(self._reactions()))
        return self.filter(there | left)

    def _reactions(self):
        return Reaction.objects.filter(post=OuterRef("pk"), kind=ReactionKind.REPLY).active()


class ReactionQuerySet(ArchivableQuerySet):
    def visible(self):
        return self.active()


class CommunityPost(Archivable):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="posts", verbose_name=_("relation"))
    author_name = models.CharField(_("author"), max_length=120)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("at"))

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("community post")
        verbose_name_plural = _("community posts")

    def __str__(self):
        return self.text[:60]

    @property
    def author(self):
        """Of an erased relation nobody knows the author any more; needs the relation."""
        return ERASED_NAME if self.relation.is_erased else self.author_name


class ReactionKind(models.TextChoices):
    LIKE = "like", _("Like")
    REPLY = "reply", _("Reply")


class Reaction(Archivable):
    """A like or a reply by one relation under a post of any relation."""

    post = models.ForeignKey(CommunityPost, models.PROTECT, related_name="reactions", verbose_name=_("community post"))
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="reactions", verbose_name=_("relation"))
    kind = models.CharField(_("kind"), max_length=6, choices=ReactionKind)
    author_name = models.CharField(_("author"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReactionKind.REPLY) | Q(text=""), name="reaction_only_a_reply_has_text"
            ),
            models.UniqueConstraint(
                fields=["post", "relation"], condition=Q(kind=ReactionKind.LIKE), name="reaction_likes_once"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
