from datetime import date

import pytest
from django.db import transaction

from crm.demo import seeding

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """A made-up office of 200 relations, made once for the tests of a module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeding.seed(200, today=TODAY)
        yield
        transaction.set_rollback(True)
