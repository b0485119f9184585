from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from crm.core import panels
from relations.models import LinkKind, Note
from tests import factories
from tests.archiving.acting import archive, erase

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation():
    return factories.RelationFactory(number="10482", name="Bakkerij Van der Meer B.V.")


def page_of(relation, key=""):
    args = [relation.pk, key] if key else [relation.pk]
    return reverse("relations:relation_tab" if key else "relations:relation", args=args)


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def tabs_of(answer):
    return answer.context["tabs"] + answer.context["empty_tabs"]


class TestAccess:
    @pytest.fixture(params=["", "wijzigingen"])
    def url(self, request, relation):
        return page_of(relation, request.param)

    def test_works_for_every_employee(self, as_employee, url):
        assert "Bakkerij Van der Meer" in text_of(as_employee, url)

    def test_sends_a_visitor_to_sign_in(self, client, url):
        assert client.get(url).url.startswith("/aanmelden/")

    def test_is_refused_without_the_right(self, client, url):
        stranger = factories.EmployeeFactory()
        stranger.groups.clear()
        client.force_login(stranger)

        text_of(client, url, status=403)

    def test_refuses_other_methods(self, as_employee, url):
        assert as_employee.post(url).status_code == 405

    def test_is_not_there_for_an_unknown_relation_or_tab(self, as_employee, relation):
        text_of(as_employee, f"/relaties/{relation.pk + 1}/", status=404)
        text_of(as_employee, f"/relaties/{relation.pk}/nergens/", status=404)


class TestOverview:
    def test_shows_what_is_known_about_the_relation(self, as_employee, employee):
        debtor = factories.RelationFactory(name="Oude Molen Holding B.V.")
        relation = factories.RelationFactory(
            manager=employee, invoice_debtor=debtor, phone="+31301234567", iban="NL91ABNA0417164300"
        )
        factories.RelationTagFactory(relation=relation, tag__name="Horeca")

        shown = text_of(as_employee, page_of(relation))

        assert 'href="tel:+31301234567"' in shown
        assert "030 123 4567" in shown
        assert "NL91 ABNA 0417 1643 00" in shown
        assert f'<a href="{page_of(debtor)}">Oude Molen Holding B.V.</a>' in shown
        assert "Marieke de Wit" in shown
        assert "Horeca" in shown

    def test_names_every_blocker_with_its_count_and_the_page_that_solves_it(self, as_employee, relation):
        """R5, R6, R7, R8"""
        factories.TimesheetLineFactory.create_batch(3, relation=relation)
        factories.InstalmentFactory(agreement__relation=relation)
        factories.RelationFactory.create_batch(2, invoice_debtor=relation)
        factories.PortalLinkFactory(relation=relation)

        answer = as_employee.get(page_of(relation))

        found = {finding.code: finding for finding in answer.context["check"]["findings"]}
        counts = {code: finding.count for code, finding in found.items()}
        assert counts == {"UNBILLED_TIME": 3, "UNBILLED_INSTALMENT": 1, "INVOICE_DEBTOR_FOR": 2, "PORTAL_LINK": 1}
        shown = answer.content.decode()
        assert "Kan dit gearchiveerd worden?" in shown
        assert all(f'<a href="{finding.url}">{capfirst(finding.sentence)}</a>' in shown for finding in found.values())

    def test_says_so_when_nothing_stands_in_the_way(self, as_employee, relation):
        assert "Niets staat in de weg" in text_of(as_employee, page_of(relation))

    def test_shows_what_is_planned_and_what_was_done(self, as_employee, relation):
        """R100"""
        now, in_three_days = timezone.now(), timezone.localdate() + timedelta(days=3)
        factories.NoteFactory(relation=relation, text="Wil maandcijfers")
        factories.ClientActivityFactory(relation=relation, subject="Bellen", due_on=in_three_days)
        factories.TaskLinkFactory(relation=relation, task__subject="Aangifte", task__done_at=now)
        later = now + timedelta(days=2)
        factories.AppointmentFactory(relation=relation, subject="Jaargesprek", starts_at=later, ends_at=later)

        shown = as_employee.get(page_of(relation)).context["timeline"]

        assert [entry.title for entry in shown.planned] == ["Jaargesprek", "Bellen"]
        assert [(entry.source.kind, entry.title) for entry in shown.done] == [("notitie", ""), ("taak", "Aangifte")]

    def test_offers_to_edit_and_archive(self, as_employee, relation):
        """R2"""
        shown = text_of(as_employee, page_of(relation))

        assert reverse("relations:relation_edit", args=[relation.pk]) in shown
        assert reverse("archiving:archive_one", args=[relation.pk]) in shown

    def test_offers_nothing_to_who_may_only_look(self, client, relation):
        looker = factories.EmployeeFactory()
        looker.groups.clear()
        looker.user_permissions.add(*_permissions("view_relation"))
        client.force_login(looker)

        shown = text_of(client, page_of(relation))

        assert reverse("relations:relation_edit", args=[relation.pk]) not in shown
        assert reverse("archiving:archive_one", args=[relation.pk]) not in shown
        assert "Kan dit gearchiveerd worden?" not in shown


class TestArchivedRelation:
    @pytest.fixture
    def archived(self, relation):
        factories.NoteFactory(relation=relation, text="Ging mee")
        factories.TaskLinkFactory(relation=relation, task__subject="Bleef open")
        archive(relation, by=factories.EmployeeFactory(name="Kees Bos"))
        return relation

    def test_says_when_by_whom_and_why(self, as_employee, archived):
        shown = text_of(as_employee, page_of(archived))

        assert "door Kees Bos, reden: Overgestapt naar een ander kantoor" in shown
        assert "gearchiveerd" in shown

    def test_can_only_be_read_by_an_employee(self, as_employee, archived):
        """R3"""
        shown = text_of(as_employee, page_of(archived))

        for name in (
            "relations:relation_edit",
            "archiving:archive_one",
            "archiving:restore_one",
            "archiving:erase_one",
        ):
            assert reverse(name, args=[archived.pk]) + '"' not in shown
        assert "Kan dit verwijderd worden?" not in shown

    def test_offers_an_administrator_to_restore_and_erase(self, as_admin, archived):
        """R3, R21, R94"""
        shown = text_of(as_admin, page_of(archived))

        assert reverse("archiving:restore_one", args=[archived.pk]) in shown
        assert reverse("archiving:erase_one", args=[archived.pk]) in shown

    def test_tells_whether_it_can_be_erased_before_anybody_acts(self, as_admin, archived):
        """R95"""
        context = as_admin.get(page_of(archived)).context

        assert context["check"] == {"question": "Kan dit verwijderd worden?", "findings": []}

    def test_names_what_keeps_it_from_being_erased(self, as_admin, relation):
        """R95, R96"""
        factories.InvoiceFactory(relation=relation)
        archive(relation, by=factories.EmployeeFactory())

        findings = as_admin.get(page_of(relation)).context["check"]["findings"]

        assert "UNPAID_INVOICE" in [finding.code for finding in findings]

    @pytest.mark.parametrize(("key", "text"), [("notities", "Ging mee"), ("taken", "Bleef open")])
    def test_still_shows_what_it_owns(self, as_employee, archived, key, text):
        """R14"""
        assert text in text_of(as_employee, page_of(archived, key))


class TestErasedRelation:
    """R36"""

    @pytest.fixture
    def erased(self, relation, admin):
        factories.NoteFactory(relation=relation, text="Wil maandcijfers")
        factories.TimesheetLineFactory(relation=relation, billed=True)
        archive(relation, by=admin)
        erase(relation, by=admin)
        relation.refresh_from_db()
        return relation

    def test_is_shown_by_its_label_only(self, as_admin, erased):
        shown = text_of(as_admin, page_of(erased))

        assert "Verwijderd(" in shown
        assert "Bakkerij" not in shown
        assert "Gegevens" not in shown
        assert reverse("archiving:restore_one", args=[erased.pk]) not in shown

    def test_shows_panels_with_figures_only(self, as_admin, erased):
        tabs = tabs_of(as_admin.get(page_of(erased)))

        kept = {panel.title for panel in panels.panels(factories.AdminFactory()) if panel.figures}
        assert {tab["title"] for tab in tabs} == {"Overzicht", *kept}
        text_of(as_admin, page_of(erased, "notities"), status=404)
        text_of(as_admin, page_of(erased, "wijzigingen"), status=404)

    def test_says_on_its_overview_what_was_kept(self, as_admin, erased):
        """R35"""
        shown = text_of(as_admin, page_of(erased))

        assert "Cijfers die zijn bewaard" in shown
        assert reverse("relations:relation_tab", args=[erased.pk, "uren"]) in shown


PANEL_ROWS = {
    "contactpersonen": lambda relation, n: factories.ContactFactory(relation=relation),
    "notities": lambda relation, n: factories.NoteFactory(
        relation=relation, activity=factories.ClientActivityFactory(relation=relation)
    ),
    "activiteiten": lambda relation, n: factories.ClientActivityFactory(relation=relation),
    "taken": lambda relation, n: factories.TaskLinkFactory(
        relation=relation, task__assignee=factories.EmployeeFactory()
    ),
    "afspraken": lambda relation, n: factories.AppointmentFactory(relation=relation),
    "berichten": lambda relation, n: factories.MessageFactory(relation=relation),
    "contracten": lambda relation, n: factories.ContractFactory(relation=relation),
    "koppelingen": lambda relation, n: factories.RelationLinkFactory(to_relation=relation),
    "rapporten": lambda relation, n: factories.ReportReferenceFactory(relation=relation),
    "dossier": lambda relation, n: factories.DossierItemFactory(relation=relation, owner=factories.RelationFactory()),
    "sbr-rapporten": lambda relation, n: factories.SbrReportFactory(relation=relation),
    "functies": lambda relation, n: factories.FunctionAssignmentFactory(relation=relation),
    "wijzigingen": lambda relation, n: _rename(relation, n),
}


def _rename(relation, n):
    relation.name = f"Bakkerij {n}"
    relation._history_user = factories.EmployeeFactory()
    relation.save()


class TestPanels:
    @pytest.mark.parametrize("key", PANEL_ROWS)
    def test_take_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, relation, key):
        counts = []
        for batch in (3, 27):
            for n in range(batch):
                PANEL_ROWS[key](relation, f"{batch}-{n}")
            with CaptureQueriesContext(connection) as queries:
                text_of(as_employee, page_of(relation, key))
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_of_the_overview_too(self, as_employee, relation):
        counts = []
        for batch in (3, 27):
            for make in PANEL_ROWS.values():
                for n in range(batch):
                    make(relation, f"{batch}-{n}")
            with CaptureQueriesContext(connection) as queries:
                text_of(as_employee, page_of(relation))
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_count_their_rows_on_the_tab(self, as_employee, relation):
        factories.ContactFactory.create_batch(3, relation=relation)
        factories.RelationLinkFactory(from_relation=relation)
        factories.RelationLinkFactory(to_relation=relation)

        tabs = {tab["title"]: tab.get("count") for tab in tabs_of(as_employee.get(page_of(relation)))}

        assert (tabs["Contactpersonen"], tabs["Koppelingen"], tabs["Notities"]) == ("3", "2", "")

    def test_count_no_further_than_a_thousand_on_a_tab(self, as_employee, employee, relation):
        """The tab that is open tells the whole number."""
        Note.objects.bulk_create(Note(relation=relation, author=employee, text=f"Notitie {n}") for n in range(1010))

        tabs = {tab["title"]: tab.get("count") for tab in tabs_of(as_employee.get(page_of(relation)))}
        opened = as_employee.get(page_of(relation, "notities"))

        everything = as_employee.get(f"{page_of(relation, 'notities')}?alle")

        assert tabs["Notities"] == "1.000+"
        assert opened.context["count"] == 1010
        assert "Nog 960" in opened.content.decode()
        assert len(everything.context["rows"]) == 1000
        assert "?alle&amp;vanaf=1000" in everything.text
        assert len(as_employee.get(f"{page_of(relation, 'notities')}?alle&vanaf=1000").context["rows"]) == 10
        assert as_employee.get(f"{page_of(relation, 'notities')}?alle&vanaf=-1").status_code == 400
        assert as_employee.get(f"{page_of(relation, 'notities')}?alle&vanaf=2000").status_code == 404

    def test_lead_to_the_changes_that_are_older_too(self, as_employee, relation):
        for n in range(55):
            _rename(relation, n)

        assert "?alle" in text_of(as_employee, page_of(relation, "wijzigingen"))
        assert "Bakkerij 0" in text_of(as_employee, f"{page_of(relation, 'wijzigingen')}?alle")

    def test_without_rows_and_without_anything_to_add_stand_aside(self, as_employee, relation):
        factories.NoteFactory(relation=relation)

        context = as_employee.get(page_of(relation)).context

        assert "Notities" in [tab["title"] for tab in context["tabs"]]
        assert "Berichten" in [tab["title"] for tab in context["empty_tabs"]]

    def test_hide_what_was_archived_by_itself(self, as_employee, relation):
        factories.NoteFactory(relation=relation, text="Oud nieuws", archived=True)
        factories.NoteFactory(relation=relation, text="Vers nieuws")

        shown = text_of(as_employee, page_of(relation, "notities"))

        assert "Vers nieuws" in shown
        assert "Oud nieuws" not in shown

    def test_show_the_newest_fifty_and_all_when_asked(self, as_employee, relation):
        for n in range(53):
            factories.NoteFactory(relation=relation, text=f"Notitie nummer {n:02}")

        newest = text_of(as_employee, page_of(relation, "notities"))
        everything = text_of(as_employee, page_of(relation, "notities") + "?alle")

        assert "Notitie nummer 52" in newest
        assert "Notitie nummer 02" not in newest
        assert "Nog 3 tonen" in newest
        assert "Notitie nummer 02" in everything

    def test_show_links_in_both_directions_with_the_other_end_as_a_link(self, as_employee, relation):
        parent = factories.RelationFactory(name="Moeder Holding")
        partner = factories.RelationFactory(name="Partner B.V.")
        factories.RelationLinkFactory(from_relation=parent, to_relation=relation, kind=LinkKind.PARENT)
        factories.RelationLinkFactory(from_relation=relation, to_relation=partner)

        shown = text_of(as_employee, page_of(relation, "koppelingen"))

        assert f'<a href="{page_of(parent)}">Moeder Holding</a>' in shown
        assert f'<a href="{page_of(partner)}">Partner B.V.</a>' in shown

    def test_show_an_owner_that_was_erased_by_its_label(self, as_admin, admin, relation):
        """R36"""
        owner = factories.RelationFactory(name="Oude Eigenaar")
        factories.TimesheetLineFactory(relation=owner, billed=True)
        relation.invoice_debtor = owner
        relation.save()
        other = factories.RelationFactory()
        relation.invoice_debtor = other
        relation.save()
        archive(owner, by=admin)
        erase(owner, by=admin)

        shown = text_of(as_admin, page_of(relation, "wijzigingen"))

        assert "Verwijderd" in shown
        assert "Oude Eigenaar" not in shown


def _permissions(*codenames):
    return Permission.objects.filter(codename__in=codenames, content_type__app_label="relations")
