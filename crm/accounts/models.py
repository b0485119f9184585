"""Staff: an employee is whoever signs in to the back office."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin


class EmployeeManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        employee = self.model(email=self.normalize_email(email), **fields)
        employee.set_password(password)
        employee.save(using=self._db)
        return employee

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def active(self):
        return self.filter(is_active=True)


class Employee(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """Signs in with the e-mail address. Its roles are the groups Medewerker and Beheerder (roles.py)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = EmployeeManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name
