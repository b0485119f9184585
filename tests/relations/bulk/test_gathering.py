"""Putting a frozen set into a selection, or taking it out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs import freezing
from crm.jobs.models import Job
from relations.bulk import gathering
from relations.models import Relation, Selection
from tests.factories import RelationFactory, SelectionFactory, SelectionMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def relations():
    return RelationFactory.create_batch(3)


@pytest.fixture
def job(relations, employee):
    return frozen(relations, employee)


@pytest.fixture
def selection(employee, relations):
    """With one of the set and one other."""
    found = SelectionFactory(owner=employee)
    SelectionMemberFactory(selection=found, relation=relations[0])
    SelectionMemberFactory(selection=found)
    return found


def frozen(rows, by):
    return freezing.freeze(Relation.objects.filter(pk__in=[row.pk for row in rows]), by=by)


def send(client, job, page, step, **answers):
    return client.post(reverse(f"relations:bulk_{page}", args=[job.pk]), answers | {"step": step})


def carry_out(client, job, page, **answers):
    shown = send(client, job, page, "preview", **answers)
    send(client, job, page, "confirm", expected=shown.context["plan"].fingerprint, **answers)
    job.refresh_from_db()
    return job


def members(selection):
    return set(selection.members.values_list("relation", flat=True))


class TestAdding:
    def test_to_one_that_is_there_adds_what_was_not_in_it(self, as_employee, job, selection, relations):
        before = members(selection)

        carry_out(as_employee, job, "adding", selection=selection.pk)

        assert members(selection) == before | {r.pk for r in relations}
        assert (job.done, job.unchanged) == (2, 1)

    def test_to_a_new_one_makes_it_when_confirmed(self, as_employee, job, relations, employee):
        send(as_employee, job, "adding", "preview", name="Nieuwsbrief B")
        assert not Selection.objects.exists()

        carry_out(as_employee, job, "adding", name="Nieuwsbrief B")

        made = Selection.objects.get()
        assert (made.name, made.owner) == ("Nieuwsbrief B", employee)
        assert members(made) == {r.pk for r in relations}

    @pytest.mark.parametrize("both", [True, False])
    def test_asks_for_one_of_the_two(self, as_employee, job, selection, both):
        answers = {"selection": selection.pk, "name": "Nieuw"} if both else {}

        assert send(as_employee, job, "adding", "preview", **answers).status_code == 422

    def test_refuses_a_name_that_one_has_already(self, as_employee, job, selection):
        response = send(as_employee, job, "adding", "preview", name=selection.name)

        assert response.status_code == 422
        assert "U hebt al een selectie met deze naam" in response.content.decode()

    def test_refuses_the_selection_of_a_colleague(self, as_employee, job):
        assert send(as_employee, job, "adding", "preview", selection=SelectionFactory().pk).status_code == 422

    def test_keeps_no_name_in_the_job(self, as_employee, job):
        carry_out(as_employee, job, "adding", name="Klanten van Jansen")

        assert "Jansen" not in str(Job.objects.filter(pk=job.pk).values().get())


class TestRemoving:
    def test_takes_out_what_was_in_it_and_leaves_the_rest(self, as_employee, job, selection, relations):
        carry_out(as_employee, job, "removing", selection=selection.pk)

        assert len(members(selection)) == 1
        assert relations[0].pk not in members(selection)
        assert (job.done, job.unchanged) == (1, 2)


class TestRunning:
    def test_skips_all_when_the_selection_is_gone(self, job, selection):
        job.parameters = {"selection": selection.pk}
        selection.members.all().delete()
        selection.delete()

        results = gathering.run_adding(job, list(job.items.all()))

        assert {result.reason for result in results.values()} == {"SELECTION_GONE"}

    def test_costs_as_many_queries_for_three_as_for_thirty(self, employee, selection):
        counts = []
        employee.has_perm("jobs.use_bulk")  # remembered from here on
        for number in (3, 30):
            job = frozen(RelationFactory.create_batch(number), employee)
            job.parameters, items = {"selection": selection.pk}, list(job.items.all())
            with CaptureQueriesContext(connection) as captured:
                gathering.run_adding(job, items)
                gathering.run_removing(job, items)
            counts.append(len(captured))

        assert counts[0] == counts[1]
