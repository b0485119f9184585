"""Which relations an employee looked at last."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from relations.models import Relation, RelationVisit
from relations.record import visits
from tests import factories
from tests.archiving.acting import archive, erase

NOW = timezone.now()


def seen(employee):
    rows = RelationVisit.objects.filter(employee=employee).order_by("-at").select_related("relation")
    return [visit.relation.name for visit in rows]


@pytest.mark.django_db
class TestVisits:
    def test_are_remembered_when_a_relation_is_opened_once_each(self, as_employee, employee):
        for name in ("Eerst", "Toen", "Eerst"):
            relation = Relation.objects.filter(name=name).first() or factories.RelationFactory(name=name)
            as_employee.get(relation.get_absolute_url())

        assert seen(employee) == ["Eerst", "Toen"]

    def test_stand_on_the_start_page_of_that_employee_only(self, client, employee, admin):
        relation = factories.RelationFactory(name="Bakkerij Jansen")
        visits.remember(relation, by=employee)

        shown = {}
        for who in (employee, admin):
            client.force_login(who)
            shown[who] = client.get(reverse("core:start")).text

        assert "Bakkerij Jansen" in shown[employee]
        assert "Bakkerij Jansen" not in shown[admin]

    def test_are_forgotten_beyond_the_newest_ten(self, employee):
        relations = [factories.RelationFactory(name=f"R{n}") for n in range(12)]
        for n, relation in enumerate(relations):
            visits.remember(relation, by=employee, now=NOW + timedelta(minutes=n))

        assert seen(employee) == [f"R{n}" for n in range(11, 1, -1)]

    def test_of_a_relation_in_the_archive_are_remembered_too(self, as_employee, employee):
        relation = factories.RelationFactory(name="Oud")
        archive(relation, by=factories.EmployeeFactory())
        as_employee.get(relation.get_absolute_url())

        assert seen(employee) == ["Oud"]

    def test_go_when_the_relation_is_erased_and_do_not_come_back(self, as_admin, admin):
        """R32"""
        relation = factories.RelationFactory()
        factories.TimesheetLineFactory(relation=relation, billed=True)
        visits.remember(relation, by=admin)
        archive(relation, by=admin)
        erase(relation, by=admin)

        as_admin.get(relation.get_absolute_url())
        visits.remember(relation, by=admin)

        assert not RelationVisit.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestWhileItIsBeingArchived:
    def test_looking_waits_for_nobody(self, employee):
        """Somebody else holds the relation, as the archiver does; the visit is left out."""
        relation = factories.RelationFactory()

        def look():
            try:
                visits.remember(relation, by=employee)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            Relation.objects.select_for_update().get(pk=relation.pk)
            pool.submit(look).result(10)

        assert seen(employee) == []
