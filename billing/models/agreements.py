"""What runs on: direct debits, pledges, subscriptions with their technical setup."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable
from relations.models import Relation


class DirectDebitMandate(models.Model):
    """Runs until `stopped_on`; archiving stops it, restoring lets it run again (R73)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="mandates", verbose_name=_("relation"))
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    iban = models.CharField(_("IBAN"), max_length=34)
    account_holder = models.CharField(_("account holder"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"))
    stopped_on = models.DateField(_("stopped on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("direct debit agreement")
        verbose_name_plural = _("direct debit agreements")

    def __str__(self):
        return self.reference


class Pledge(Archivable):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="pledges", verbose_name=_("relation"))
    description = models.CharField(_("description"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")

    def __str__(self):
        return self.description or str(self.amount)


class SubscriptionQuerySet(models.QuerySet):
    def running(self, on):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def linked(self):
        """Those whose technical setup names a customer environment."""
        return self.exclude(contractant="")

    def latest_first(self):
        """What runs on before what ended, the latest start first."""
        return self.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")


class Subscription(models.Model):
    """`database` and `contractant` are the technical setup: together one customer environment (R43, R47)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="subscriptions", verbose_name=_("relation"))
    product = models.CharField(_("product"), max_length=120)
    price = models.DecimalField(_("price a month"), max_digits=10, decimal_places=2)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    database = models.CharField(_("database"), max_length=60, blank=True)
    contractant = models.CharField(_("contractant"), max_length=60, blank=True)

    objects = SubscriptionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                Lower("database"),
                Lower("contractant"),
                condition=~Q(contractant=""),
                name="subscription_one_a_contractant",
                violation_error_message=_("This contractant is linked to another relation: unlink it there first."),
            ),
            models.CheckConstraint(
                condition=Q(database="", contractant="") | ~Q(database="") & ~Q(contractant=""),
                name="subscription_setup_whole",
                violation_error_message=_("Fill in both the database and the contractant, or neither."),
            ),
        ]

    def __str__(self):
        return self.product

    def is_running(self, on):
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)
