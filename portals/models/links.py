"""Links of a relation with portals of other suppliers and with its own customer environment."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from relations.models import Relation


class PortalProvider(models.TextChoices):
    PINKWEB = "pinkweb", "Pinkweb"
    CREAIM = "creaim", "Creaim"
    YOB = "yob", "Yob"
    OTHER = "other", _("Other portal")


class PortalLinkQuerySet(models.QuerySet):
    def live(self):
        return self.filter(until=None)


class PortalLink(models.Model):
    """Live until `until` is filled; a live one keeps the relation from being archived (R8)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="portal_links", verbose_name=_("relation"))
    provider = models.CharField(_("portal"), max_length=10, choices=PortalProvider)
    external_id = models.CharField(_("number at the portal"), max_length=80)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PortalLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("portal link")
        verbose_name_plural = _("portal links")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "external_id"],
                condition=models.Q(until=None),
                name="portallink_one_live_an_external_id",
                violation_error_message=_("This number at the portal is already linked to a relation."),
            )
        ]

    def __str__(self):
        return self.get_provider_display()


class Contractant(models.Model):
    """A customer environment, known by its database and code, in whatever capitals; holds nothing about a relation."""

    database = models.CharField(_("database"), max_length=60)
    code = models.CharField(_("code"), max_length=60)

    class Meta:
        verbose_name = _("contractant")
        verbose_name_plural = _("contractants")
        constraints = [models.UniqueConstraint(Lower("database"), Lower("code"), name="contractant_once")]

    def __str__(self):
        return f"{self.database} / {self.code}"


class ContractantLinkQuerySet(models.QuerySet):
    def live(self):
        return self.filter(until=None)


class ContractantLink(models.Model):
    """Which relation a contractant was linked to, when, and by whom: at most one at a time (R43)."""

    contractant = models.ForeignKey(Contractant, models.PROTECT, related_name="links", verbose_name=_("contractant"))
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="contractant_links", verbose_name=_("relation")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    # empty for links from before it was kept who made them
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ContractantLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link with a contractant")
        verbose_name_plural = _("links with contractants")
        constraints = [
            models.UniqueConstraint(
                fields=["contractant"], condition=models.Q(until=None), name="contractantlink_one_at_a_time"
            )
        ]

    def __str__(self):
        return str(self.contractant_id)
