"""Staff: an employee is whoever signs in to the back office."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

from crm.accounts.roles import ADMIN_ROLE, ROLES


class EmployeeManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        employee = self.model(email=self.normalize_email(email), **fields)
        employee.set_password(password)
        employee.save(using=self._db)
        return employee

    def create_superuser(self, email, password=None, **fields):
        """An employee in every role: there is nobody whom no right is asked (1F: nobody erases by any other road)."""
        employee = self.create_user(email, password, **fields)
        employee.groups.set(Group.objects.filter(name__in=ROLES))
        return employee

    def active(self):
        return self.filter(is_active=True)


class Employee(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """Signs in with the e-mail address. Its roles are the groups Medewerker and Beheerder (roles.py)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_superuser = None  # no column: rights come from roles and grants alone (docs/decisions/0007)
    is_active = models.BooleanField(_("active"), default=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    objects = EmployeeManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_admin(self):
        """Has the role Beheerder; without a query when the groups were prefetched."""
        return any(group.name == ADMIN_ROLE for group in self.groups.all())
