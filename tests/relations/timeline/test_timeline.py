"""The timeline of a relation: all that happens around it, in one order (R100)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archiving.models import Archival, ArchiveReason
from portals.models import TaskComment
from relations.models import Note, TaskLink
from relations.timeline import entries as timeline
from tests import factories
from tests.archiving.acting import archive, erase, restore

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def relation():
    return factories.RelationFactory()


def address(relation, query=""):
    return reverse("relations:timeline", args=[relation.pk]) + query


def page(client, relation, query=""):
    return client.get(address(relation, query)).context["timeline"]


def note(relation, at, text="Gebeld"):
    made = factories.NoteFactory(relation=relation, text=text)
    Note.objects.filter(pk=made.pk).update(at=at)
    return made


def everything(relation):
    """One of each kind that lies behind us, a day apart, the oldest first."""
    day = [MOMENT + timedelta(days=n) for n in range(17)]
    note(relation, day[0])
    factories.ClientActivityFactory(relation=relation, done_at=day[1])
    factories.TaskLinkFactory(relation=relation, task__done_at=day[2])
    factories.AppointmentFactory(relation=relation, starts_at=day[3], ends_at=day[3])
    factories.MessageFactory(relation=relation, at=day[4])
    invoice = factories.InvoiceFactory(
        relation=relation, status="sent", issued_on=day[5].date(), due_on=day[5].date(), number="2026-7"
    )
    factories.QuoteFactory(relation=relation, issued_on=day[6].date())
    factories.SentMailFactory(relation=relation, sent_at=day[7])
    factories.ContractFactory(relation=relation, starts_on=day[8].date())
    factories.TimesheetLineFactory(relation=relation, worked_on=day[9].date())
    factories.OrderFactory(relation=relation, ordered_on=day[10].date())
    factories.PaymentFactory(invoice=invoice, paid_on=day[11].date())
    said = factories.TaskCommentFactory(relation=relation)
    type(said).objects.filter(pk=said.pk).update(at=day[12])
    for made, moment in (
        (factories.ReportReferenceFactory(relation=relation), day[13]),
        (factories.SbrReportFactory(relation=relation), day[14]),
    ):
        made.history.update(history_date=moment)
    by = factories.EmployeeFactory()
    archivals = {"root": relation, "by": by, "at": day[15], "restored_by": by, "restored_at": day[16]}
    Archival.objects.create(reason=ArchiveReason.CEASED, **archivals)


class TestDone:
    def test_holds_every_kind_the_newest_first(self, as_employee, relation):
        """R100"""
        everything(relation)

        kinds = [entry.source.kind for entry in page(as_employee, relation).done]

        expected = [
            "archief",
            "archief",
            "rapport",
            "rapport",
            "gesprek",
            "betaling",
            "order",
            "uren",
            "contract",
            "mail",
            "offerte",
            "factuur",
            "bericht",
            "afspraak",
            "taak",
            "activiteit",
            "notitie",
        ]
        assert kinds == expected

    def test_stands_under_gereed(self, as_employee, relation):
        """R100"""
        factories.ClientActivityFactory(relation=relation, subject="Was gedaan", done_at=MOMENT)

        shown = as_employee.get(address(relation)).text

        assert shown.index("<h3>Gereed</h3>") < shown.index("Was gedaan")

    def test_tells_who_and_leads_to_the_thing_itself(self, as_employee, relation):
        link = factories.TaskLinkFactory(
            relation=relation, task__done_at=MOMENT, task__assignee=factories.EmployeeFactory(name="Kees Bos")
        )

        entry = page(as_employee, relation).done[0]

        assert (entry.who, entry.url) == ("Kees Bos", reverse("relations:task", args=[link.task_id]))

    def test_is_filtered_by_kind(self, as_employee, relation):
        everything(relation)

        shown = page(as_employee, relation, "?soort=bericht")

        assert [entry.source.kind for entry in shown.done] == ["bericht"]
        assert [str(label) for label, _url, current in shown.chips if current] == ["Bericht"]

    def test_hides_what_was_archived_by_itself_until_the_relation_is(self, as_employee, relation):
        factories.NoteFactory(relation=relation, text="Oud", archived=True)

        assert page(as_employee, relation, "?soort=notitie").done == []
        archive(relation, by=factories.EmployeeFactory())
        assert [entry.text for entry in page(as_employee, relation, "?soort=notitie").done] == ["Oud"]

    def test_shows_invoices_only_to_who_may_see_them(self, as_employee, relation, monkeypatch):
        factories.InvoiceFactory(relation=relation, status="sent")
        hidden = replace(timeline._sources[70], permission="billing.no_such_right")
        monkeypatch.setitem(timeline._sources, hidden.order, hidden)

        assert page(as_employee, relation).done == []
        assert as_employee.get(address(relation, "?soort=factuur")).status_code == 400


class TestPlanned:
    def test_stands_above_the_first_one_first_and_without_a_date_last(self, as_employee, relation):
        """R100"""
        later = timezone.now() + timedelta(days=2)
        factories.ClientActivityFactory(relation=relation, subject="Zonder datum")
        factories.TaskLinkFactory(relation=relation, task__subject="Ver weg", task__due_on=date(2030, 1, 1))
        factories.AppointmentFactory(relation=relation, subject="Gesprek", starts_at=later, ends_at=later)

        shown = as_employee.get(address(relation))

        titles = [entry.title for entry in shown.context["timeline"].planned]
        assert titles == ["Gesprek", "Ver weg", "Zonder datum"]
        assert shown.text.index("<h3>Gepland</h3>") < shown.text.index("<h3>Gereed</h3>")

    def test_is_filtered_by_kind_too(self, as_employee, relation):
        factories.ClientActivityFactory(relation=relation)
        factories.TaskLinkFactory(relation=relation)

        assert [e.source.kind for e in page(as_employee, relation, "?soort=taak").planned] == ["taak"]

    def test_says_so_when_there_is_more_than_is_shown(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr(timeline, "MOST_PLANNED", 2)
        factories.TaskLinkFactory.create_batch(2, relation=relation)
        assert "Er is meer gepland" not in as_employee.get(address(relation)).text

        factories.TaskLinkFactory(relation=relation)

        assert len(page(as_employee, relation).planned) == 2
        assert "Er is meer gepland" in as_employee.get(address(relation)).text


class TestArchive:
    def test_tells_who_archived_and_why_and_who_restored(self, as_admin, admin, relation):
        archive(relation, by=admin)
        restore(relation, by=admin)

        back, away = page(as_admin, relation).done

        assert (str(back.source.label), back.who) == ("Teruggezet", "Jan Smit")
        assert (str(away.source.label), away.title, away.who) == (
            "Gearchiveerd",
            "Overgestapt naar een ander kantoor",
            "Jan Smit",
        )

    def test_is_one_kind_to_choose(self, as_employee, relation):
        labels = [str(label) for label, _url, _current in page(as_employee, relation).chips]

        assert labels.count("Archief") == labels.count("Rapport") == 1
        assert len(labels) == len(set(labels))


class TestWithTheCountsOfTheTabs:
    def test_shows_what_it_shows_without_them(self, as_employee, relation):
        """Also what was said about a task that is gone, which stands on no tab."""
        everything(relation)
        TaskComment.objects.update(task=None)
        TaskLink.objects.filter(task__kind="support").delete()

        whole = [entry.cursor for entry in page(as_employee, relation).done]
        alone = [entry.cursor for entry in as_employee.get(address(relation), headers=HTMX).context["timeline"].done]

        assert whole == alone
        assert "gesprek" in [entry.source.kind for entry in page(as_employee, relation).done]


class TestPaging:
    def walk(self, client, relation, query=""):
        """All entries, page by page, as the links lead."""
        found = []
        for _ in range(20):
            shown = page(client, relation, query)
            found += [(entry.source.kind, entry.title or entry.text) for entry in shown.done]
            if not shown.older_url:
                return found
            query = "?" + shown.older_url.split("?")[1]
        raise AssertionError("no end")

    def test_goes_on_where_the_page_before_ended_also_among_equal_moments(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 4)
        for n in range(5):
            note(relation, MOMENT, text=f"Notitie {n}")
            factories.MessageFactory(relation=relation, at=MOMENT, subject=f"Bericht {n}")
            factories.ClientActivityFactory(relation=relation, done_at=MOMENT + timedelta(hours=n), subject=f"A {n}")
        factories.InvoiceFactory(relation=relation, status="sent", issued_on=MOMENT.date(), due_on=MOMENT.date())
        factories.InvoiceFactory(relation=relation, status="sent", issued_on=MOMENT.date(), due_on=MOMENT.date())

        found = self.walk(as_employee, relation)

        assert len(found) == len(set(found)) == 17
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 50)
        assert found == self.walk(as_employee, relation)

    def test_of_one_kind_stays_with_that_kind(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 2)
        for n in range(5):
            note(relation, MOMENT + timedelta(days=n), text=f"Notitie {n}")
        factories.MessageFactory(relation=relation)

        found = self.walk(as_employee, relation, "?soort=notitie")

        assert found == [("notitie", f"Notitie {n}") for n in reversed(range(5))]

    def test_of_older_entries_shows_nothing_that_is_planned(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 1)
        factories.TaskLinkFactory(relation=relation)
        factories.NoteFactory.create_batch(2, relation=relation)

        older = page(as_employee, relation).older_url

        assert as_employee.get(older).context["timeline"].planned == []

    def test_has_an_address_without_names(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 1)
        factories.NoteFactory.create_batch(2, relation=relation)

        assert set(page(as_employee, relation).older_url.split("voor=")[1]) <= set("0123456789.")

    @pytest.mark.parametrize(
        "query",
        [
            "?soort=geheim",
            "?voor=gisteren",
            "?voor=1.2",
            "?voor=999999999999999999.1.1",
            "?van=1",
            "?voor=1.1.1&voor=1.1.2",
        ],
    )
    def test_refuses_an_address_it_does_not_understand(self, as_employee, relation, query):
        """B3"""
        assert as_employee.get(address(relation, query)).status_code == 400

    def test_asked_by_htmx_is_only_what_is_older(self, as_employee, relation, monkeypatch):
        monkeypatch.setattr("relations.record.views.timeline.SIZE", 1)
        note(relation, MOMENT, text="De oudste")
        note(relation, MOMENT + timedelta(days=1), text="De nieuwste")

        shown = as_employee.get(page(as_employee, relation).older_url, headers=HTMX).text

        assert "De oudste" in shown
        assert "De nieuwste" not in shown
        assert "<section" not in shown

    def test_asked_by_htmx_for_a_kind_is_the_whole_card(self, as_employee, relation):
        shown = as_employee.get(address(relation, "?soort=taak"), headers=HTMX).text

        assert shown.lstrip().startswith('<section class="card" id="timeline"')


class TestNumberOfQueries:
    def test_is_the_same_for_3_and_30_entries(self, as_employee, relation):
        counts = []
        for batch in (3, 27):
            for _ in range(batch):
                factories.NoteFactory(relation=relation)
                factories.TaskLinkFactory(relation=relation, task__assignee=factories.EmployeeFactory())
                factories.InvoiceFactory(relation=relation, status="sent")
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(address(relation), headers=HTMX)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestErasedRelation:
    def test_has_no_timeline(self, as_admin, admin, relation):
        factories.TimesheetLineFactory(relation=relation, billed=True)
        archive(relation, by=admin)
        erase(relation, by=admin)

        assert as_admin.get(address(relation)).status_code == 404


class TestHeadlines:
    def told(self, client, relation):
        context = client.get(relation.get_absolute_url()).context
        return {str(headline.label): str(headline.text) for headline in context["headlines"]}

    def test_tell_what_is_open_and_when_there_was_contact_last(self, as_employee, relation):
        factories.TaskLinkFactory(relation=relation)
        factories.ClientActivityFactory(relation=relation)
        factories.ClientActivityFactory(relation=relation, done_at=MOMENT)
        factories.MessageFactory(relation=relation, at=MOMENT + timedelta(days=1))
        note(relation, MOMENT + timedelta(days=9))
        factories.TimesheetLineFactory(relation=relation, hours=2, rate=100)
        factories.InvoiceFactory(relation=relation, status="sent", total=121, paid=21)

        told = self.told(as_employee, relation)

        assert told == {
            "Open taken en activiteiten": "2",
            "Onderhanden": "€ 200,00",
            "Openstaand": "€ 100,00",
            "Laatste contact": "3 maart 2026",
        }

    def test_say_so_when_there_never_was_contact(self, as_employee, relation):
        assert self.told(as_employee, relation)["Laatste contact"] == "nooit"
