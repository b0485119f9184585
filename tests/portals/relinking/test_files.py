"""Many contractants from a file: a dry run that tells of every line, and a job that does exactly that (B11)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Subscription
from crm.jobs.models import ItemState, Job
from portals.models import Relinking
from portals.relinking import jobs as relinking_jobs
from portals.relinking.files import check
from tests.archiving.acting import archive
from tests.factories import RelationFactory, SubscriptionFactory, TaskLinkFactory, linked
from tests.jobs.jobs import undone

pytestmark = pytest.mark.django_db
HEAD = "database;contractant;oud relatienummer;nieuw relatienummer"
URL, RUN = "/contractanten/omkoppelen/", "/contractanten/omkoppelen/uitvoering/"


def pair(code):
    """A linked relation with an open task, and one that can take over."""
    old = linked(RelationFactory(), code=code)
    TaskLinkFactory(relation=old.relation)
    return old, SubscriptionFactory()


def line(old, new):
    return f"{old.database};{old.contractant};{old.relation.number};{new.relation.number}"


def text(*lines):
    return "\n".join([HEAD, *lines]).encode()


def upload(client, content):
    return client.post(URL, {"file": SimpleUploadedFile("omkoppelen.csv", content)})


def confirm(client, page):
    checked = page.context["checked"]
    return client.post(RUN, {"content": checked.text, "expected": checked.fingerprint})


class TestTheDryRun:
    def test_tells_of_every_line(self, as_employee, employee):
        good = pair("KL-1")
        wrong = pair("KL-2")
        gone = pair("KL-3")
        archive(gone[1].relation, by=employee)
        content = text(
            line(*good),
            f"staff-nl-04;KL-2;{good[0].relation.number}0;{wrong[1].relation.number}",
            line(*gone),
            f"staff-nl-04;KL-9;{wrong[0].relation.number};{wrong[1].relation.number}",
            f"staff-nl-04;;{wrong[0].relation.number};",
        )

        checked = upload(as_employee, content).context["checked"]

        assert [bool(row.problem) for row in checked.lines] == [False, True, True, True, True]
        assert checked.tasks == 1
        assert Subscription.objects.get(pk=good[0].pk).contractant == "KL-1"
        assert not Job.objects.exists()

    def test_finds_a_contractant_in_whatever_capitals(self, as_employee):
        old, new = pair("Kl-1b")
        content = text(f"STAFF-nl-04;kL-1B;{old.relation.number};{new.relation.number}")

        (row,) = upload(as_employee, content).context["checked"].lines

        assert row.problem == ""

    def test_names_the_relation_that_it_is_linked_to_instead(self, as_employee):
        old, new = pair("KL-1")
        content = text(f"staff-nl-04;kl-1;{RelationFactory().number};{new.relation.number}")

        (row,) = upload(as_employee, content).context["checked"].lines

        assert old.relation.number in row.problem

    def test_refuses_a_relation_on_two_lines(self, as_employee):
        (first, new), (second, _other) = pair("KL-1"), pair("KL-2")
        content = text(line(first, new), f"staff-nl-04;KL-2;{second.relation.number};{new.relation.number}")

        checked = upload(as_employee, content).context["checked"]

        assert checked.able == []

    @pytest.mark.parametrize(
        "content", [b"", b"naam\nx", b"\xff\xfex", HEAD.encode(), b"\x00", f"{HEAD}\na;b".encode()]
    )
    def test_refuses_a_file_it_cannot_read(self, as_employee, content):
        answer = upload(as_employee, content)

        assert answer.status_code == 422
        assert answer.context["form"].errors

    def test_takes_as_many_queries_for_many_lines(self):
        counts = []
        for size in (3, 30):
            content = text(*(line(*pair(f"KL-{size}-{turn}")) for turn in range(size)))
            with CaptureQueriesContext(connection) as queries:
                assert len(check(content, by=None).able) == size
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTheJob:
    def test_relinks_the_lines_that_can_be(self, as_employee):
        first, second = pair("KL-1"), pair("KL-2")
        page = upload(as_employee, text(line(*first), line(*second), "staff-nl-04;KL-7;1;2"))

        answer = confirm(as_employee, page)

        job = Job.objects.get()
        assert answer.url == reverse("jobs:job", args=[job.pk])
        assert (job.total, job.done) == (2, 2)
        assert {row.relation for row in Subscription.objects.linked()} == {first[1].relation, second[1].relation}
        assert first[0].relation.tasks.count() == 0

    def test_does_nothing_when_it_is_not_what_was_shown(self, as_employee):
        """B2: 409"""
        old, new = pair("KL-1")
        page = upload(as_employee, text(line(old, new)))
        TaskLinkFactory(relation=old.relation)

        answer = confirm(as_employee, page)

        assert answer.status_code == 409
        assert not Job.objects.exists()
        assert Subscription.objects.linked().get() == old

    def test_reports_a_row_that_changed_after_confirming(self, employee):
        """B4"""
        first, second = pair("KL-1"), pair("KL-2")
        checked = check(text(line(*first), line(*second)), by=None)
        job = relinking_jobs._drafted([row.plan for row in checked.able], employee)
        TaskLinkFactory(relation=second[0].relation)

        relinking_jobs.confirming.confirm(job, by=employee)

        outcomes = dict(job.items.values_list("target", "state"))
        assert outcomes == {first[0].relation_id: ItemState.DONE, second[0].relation_id: ItemState.SKIPPED}
        assert job.items.get(state=ItemState.SKIPPED).reason == "DRIFTED"

    def test_can_be_undone(self, as_employee, employee):
        first, second = pair("KL-1"), pair("KL-2")
        page = upload(as_employee, text(line(*first), line(*second)))
        confirm(as_employee, page)

        undoing = undone(Job.objects.get(), by=employee)

        assert (undoing.done, undoing.undoes) == (2, Job.objects.order_by("pk").first())
        assert {row.pk for row in Subscription.objects.linked()} == {first[0].pk, second[0].pk}
        assert not Relinking.objects.filter(undone_at=None).exists()

    @pytest.mark.parametrize("posted", [{}, {"content": "x"}, {"content": HEAD, "expected": "x"}])
    def test_refuses_a_form_that_is_not_ours(self, as_employee, posted):
        assert as_employee.post(RUN, posted).status_code in (400, 422)
