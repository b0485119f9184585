"""What an employee keeps under a name: for oneself, for a group one belongs to, or for the whole office."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts import roles
from relations.rights import SHARE_WITH_OFFICE


class SharedQuerySet(models.QuerySet):
    def shared(self):
        """What somebody else sees too."""
        return self.filter(Q(for_office=True) | Q(shared_with__isnull=False))

    def visible_to(self, employee):
        """One's own, what is shared with one's groups or with the office; administrators see all that is shared."""
        seen = Q(owner=employee) | Q(for_office=True)
        if employee.has_perm(SHARE_WITH_OFFICE):
            return self.filter(seen | Q(shared_with__isnull=False))
        return self.filter(seen | Q(shared_with__in=employee.groups.all()))

    def editable_by(self, employee):
        """One's own; administrators also what others share."""
        own = Q(owner=employee)
        if employee.has_perm(SHARE_WITH_OFFICE):
            return self.filter(own | Q(for_office=True) | Q(shared_with__isnull=False))
        return self.filter(own)


class Shared(models.Model):
    """`version` counts the changes, so that nobody overwrites what somebody else changed meanwhile."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss", verbose_name=gettext_lazy("owner")
    )
    name = models.CharField(gettext_lazy("name"), max_length=80)
    shared_with = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("shared with")
    )
    for_office = models.BooleanField(gettext_lazy("for the whole office"), default=False)
    version = models.PositiveIntegerField(gettext_lazy("version"), default=1)

    objects = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="%(class)s_name_once_an_owner",
                violation_error_message=gettext_lazy("You have one with this name already: type another name."),
            ),
            models.CheckConstraint(
                condition=Q(for_office=False) | Q(shared_with=None), name="%(class)s_shared_in_one_way"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def reach(self):
        """Who sees it: "me", "office" or the key of a group, as actions.sharing takes it."""
        return "office" if self.for_office else str(self.shared_with_id or "me")

    @property
    def reach_in_words(self):
        """Needs `shared_with`."""
        if self.for_office:
            return _("Whole office")
        return roles.title(self.shared_with.name) if self.shared_with_id else _("Only me")

    def is_editable_by(self, employee):
        """For somebody who may see it."""
        return self.owner_id == employee.pk or employee.has_perm(SHARE_WITH_OFFICE)
