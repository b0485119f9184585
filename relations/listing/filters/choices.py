"""The rows that a filter chooses from: [(number, name)], asked once for all filters that are read together."""

from crm.accounts.models import Employee
from crm.core.conditions.asked_once import words
from relations.models import Tag


def employees():
    return words("employees", lambda: list(Employee.objects.values_list("pk", "name")))


def tags():
    return words("tags", lambda: list(Tag.objects.values_list("pk", "name")))
