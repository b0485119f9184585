"""The same number of statements for three relations and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs import confirming
from relations.bulk.properties import previewing, writing
from relations.models import Relation
from tests.factories import RelationFactory, TagFactory
from tests.jobs.jobs import undone
from tests.relations.bulk.sets import changed, draft, previewed, put

pytestmark = pytest.mark.django_db
MOST_IN_A_CHUNK = 4  # the setting of the fence on and off, the lock, and one statement that judges and writes


def asked(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def changes():
    return {"city": put("Zeist"), "tags": {"add": [TagFactory().pk], "remove": []}}


@pytest.fixture(params=[3, 30])
def count(request):
    RelationFactory.create_batch(request.param, city="Utrecht")
    return request.param


class TestOfAChunk:
    def test_does_not_depend_on_its_size(self, employee, count):
        job = previewed(employee, changes())
        items = list(job.items.order_by("target_id"))

        job.by.has_perm("jobs.use_bulk")  # what the runner knows by then

        assert asked(lambda: writing.run(job, items)) == MOST_IN_A_CHUNK
        assert Relation.objects.filter(city="Zeist").count() == count


class TestOfAPreview:
    def test_does_not_depend_on_the_number_of_relations(self, employee, count):
        job, chosen = draft(employee), changes()
        employee.has_perm("jobs.use_bulk")

        assert asked(lambda: previewing.preview(job, chosen, form={}, by=employee)) == 7


class TestOfUndoing:
    def test_does_not_depend_on_the_number_of_relations(self, employee, count, monkeypatch):
        job = changed(employee, changes())
        employee.has_perm("jobs.use_bulk")
        monkeypatch.setattr(confirming, "start", lambda job: None)  # running it is counted above

        assert asked(lambda: undone(job, by=employee)) == 32


class TestOfThePages:
    def test_do_not_depend_on_the_number_of_relations(self, as_employee, employee, count):
        job = previewed(employee, changes())

        for name, most in (("bulk_properties", 20), ("bulk_properties_preview", 14)):
            url = reverse(f"relations:{name}", args=[job.pk])
            as_employee.get(url)
            assert asked(lambda url=url: as_employee.get(url)) <= most
