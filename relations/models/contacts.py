"""Persons and the contacts they are at relations."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable
from crm.core.searching import phone_digits, search_column
from relations.models.relations import Relation


class Person(models.Model):
    """The personal data behind contacts: one record however many relations the person is contact at."""

    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    prefix = models.CharField(_("prefix"), max_length=20, blank=True)
    family_name = models.CharField(_("family name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile number"), max_length=30, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    search = search_column(
        "given_name", "prefix", "family_name", "email", phone_digits("phone"), phone_digits("mobile")
    )

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["family_name", "given_name", "pk"]
        indexes = [GinIndex(fields=["search"], name="person_search")]

    def __str__(self):
        return " ".join(part for part in (self.given_name, self.prefix, self.family_name) if part)


class Contact(Archivable):
    """A person's role at a relation."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="contacts", verbose_name=_("relation"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts", verbose_name=_("person"))
    function = models.CharField(_("function"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    former_since = models.DateField(_("former since"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="contact_ends_after_it_starts",
                violation_error_message=_("The end date lies before the start date."),
            )
        ]

    def __str__(self):
        return str(self.person)

    def same(self):
        """Other contacts that this person is at this relation at present."""
        rows = Contact.objects.filter(relation=self.relation_id, person=self.person_id, archival=None)
        return rows.filter(former_since=None).exclude(pk=self.pk)
