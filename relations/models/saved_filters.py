"""Filters of the relations list kept under a name, and how each employee arranged that list."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.models.sharing import Shared


class SavedFilter(Shared):
    """The conditions as a query string; valid exactly when the list understands it (relations/listing/questions.py).

    With its own order, and its own columns or, when there are none, those of whoever opens it.
    """

    query = models.TextField(_("filter"), blank=True)
    sort = models.CharField(_("sort order"), max_length=40, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)

    class Meta(Shared.Meta):
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        permissions = [("share_with_office", _("Can share filters and selections with the whole office"))]

    @property
    def conditions(self):
        """[(name, value)], in an order that does not depend on how they were typed."""
        parameters = QueryDict(self.query)
        return sorted((name, value) for name, values in parameters.lists() for value in values)

    @property
    def address(self):
        """The query string of the list that shows it: all its conditions, and where they came from."""
        pairs = [*self.conditions, *([("sort", self.sort)] if self.sort else []), ("saved", self.pk)]
        return urlencode(pairs)

    def get_absolute_url(self):
        return f"{reverse('relations:relation_list')}?{self.address}"


class FilterPin(models.Model):
    """A saved filter that an employee has as a tab of the list."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="filter_pins", verbose_name=_("employee")
    )
    saved_filter = models.ForeignKey(SavedFilter, models.CASCADE, related_name="pins", verbose_name=_("saved filter"))

    class Meta:
        verbose_name = _("tab of the relations list")
        verbose_name_plural = _("tabs of the relations list")
        constraints = [models.UniqueConstraint(fields=["employee", "saved_filter"], name="filterpin_once")]

    def __str__(self):
        return f"{self.employee_id}–{self.saved_filter_id}"


class ListPreference(models.Model):
    """The columns an employee chose (none: the usual ones) and the filter that opens the list."""

    employee = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="list_preference",
        verbose_name=_("employee"),
    )
    columns = models.JSONField(_("columns"), default=list, blank=True)
    default_filter = models.ForeignKey(
        SavedFilter, models.SET_NULL, null=True, blank=True, related_name="default_of", verbose_name=_("first filter")
    )

    class Meta:
        verbose_name = _("preference for the relations list")
        verbose_name_plural = _("preferences for the relations list")

    def __str__(self):
        return str(self.employee_id)
