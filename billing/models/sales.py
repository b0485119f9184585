"""What is offered, ordered and received, who resells, and the mail sent about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from relations.models import ClientActivity, Relation


class Quote(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="quotes", verbose_name=_("relation"))
    activity = models.ForeignKey(
        ClientActivity, models.PROTECT, null=True, blank=True, related_name="quotes", verbose_name=_("client activity")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    issued_on = models.DateField(_("issued on"))
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self):
        return self.number


class OrderQuerySet(models.QuerySet):
    def open(self):
        """Not delivered or not invoiced yet (R96)."""
        return self.filter(Q(delivered_on=None) | Q(invoiced_on=None))


class Order(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="orders", verbose_name=_("relation"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    ordered_on = models.DateField(_("ordered on"))
    description = models.TextField(_("description"), blank=True)
    extra_info = models.JSONField(_("extra information"), default=dict, blank=True)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    invoiced_on = models.DateField(_("invoiced on"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self):
        return self.number


class Receipt(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="receipts", verbose_name=_("relation"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    received_on = models.DateField(_("received on"))
    description = models.CharField(_("description"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self):
        return self.number


class Reseller(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="resellers", verbose_name=_("relation"))
    name = models.CharField(_("name"), max_length=200)
    since = models.DateField(_("since"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reseller")
        verbose_name_plural = _("resellers")

    def __str__(self):
        return self.name


class SentMail(models.Model):
    """The mail history of documents: which document went to which address."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="sent_mails", verbose_name=_("relation"))
    recipient = models.CharField(_("sent to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    sent_at = models.DateTimeField(_("sent at"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")

    def __str__(self):
        return self.subject
