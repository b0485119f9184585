"""The pages of a change for all: the form, what would change, and confirming it (R63-R70, B2)."""

import pytest
from django.urls import reverse

from archiving.acts.archiving import archive
from archiving.acts.erasing import erase
from crm.core.refusals import Refusal
from crm.jobs import confirming
from crm.jobs.models import Job, JobState
from relations.models import Relation
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory, RelationTagFactory, TagFactory
from tests.relations.bulk.sets import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(employee):
    RelationFactory(city="Utrecht", newsletter=True), RelationFactory(city="Zeist"), RelationFactory(city="Utrecht")
    return draft(employee)


def page(name, job):
    return reverse(f"relations:{name}", args=[job.pk])


def fill(client, job, **answers):
    return client.post(page("bulk_properties", job), answers)


def confirm(client, job):
    job.refresh_from_db()
    return client.post(page("bulk_properties_preview", job), {"fingerprint": job.preview["fingerprint"]})


def cities():
    return list(Relation.objects.order_by("pk").values_list("city", flat=True))


class TestTheForm:
    def test_says_how_many_relations_and_which(self, as_employee, job):
        """R64, R65"""
        html = as_employee.get(page("bulk_properties", job)).content.decode()

        assert "3 relaties" in html
        assert "uit filter Test" in html
        assert reverse("jobs:targets", args=[job.pk]) in html

    def test_shows_what_the_relations_have_now(self, as_employee, employee):
        tag = TagFactory()
        relations = RelationFactory.create_batch(2, city="Utrecht", street="", newsletter=True, manager=employee)
        RelationFactory(city="Utrecht", street="Laan 1", mail_city="Breda")
        RelationTagFactory(relation=relations[0], tag=tag)

        context = as_employee.get(page("bulk_properties", draft(employee))).context

        now = {row["property"].name: str(row["now"]) for _title, rows in context["sections"] for row in rows}
        assert "Utrecht" in now["city"]
        assert "2" in now["newsletter"]
        assert "1" in now["newsletter"]
        assert "Marieke de Wit" in now["manager"]
        assert "Laan 1" not in now["street"]
        assert context["options"][0][2] == now["newsletter"].replace("2", "x").replace("1", "2").replace("x", "1")

    def test_shows_the_one_manager_that_all_have(self, as_employee, employee):
        RelationFactory(manager=employee)

        assert as_employee.get(page("bulk_properties", draft(employee))).status_code == 200

    def test_lists_every_property_with_what_can_happen_to_it(self, as_employee, job):
        """R66"""
        sections = as_employee.get(page("bulk_properties", job)).context["sections"]

        hows = {
            row["property"].name: [value for value, _ in row["how"].field.choices]
            for _, rows in sections
            for row in rows
        }
        assert hows["newsletter"] == ["unchanged", "off", "on"]
        assert hows["street"] == ["unchanged", "set", "fill", "append", "replace", "clear"]
        assert "clear" not in hows["status"]
        never = {"number", "name", "restricted", "search"}
        assert never.isdisjoint(hows)
        assert {"manager", "invoice_debtor", "opted_out_at", "email", "former_since"} < hows.keys()

    def test_keeps_no_value_of_a_relation_on_the_job(self, as_employee, job):
        """Else it would outlive the erasure of that relation."""
        as_employee.get(page("bulk_properties", job))

        job.refresh_from_db()
        assert "Utrecht" not in str(job.preview)
        assert job.preview["spread"]["city"] == {"filled": 3, "same": False}

    def test_untouched_is_refused_with_a_sentence(self, as_employee, job):
        """R67: everything is unchanged until switched on."""
        answer = fill(as_employee, job)

        assert answer.status_code == 422
        assert answer.context["form"].non_field_errors()
        assert Job.objects.get(pk=job.pk).operation == ""

    @pytest.mark.parametrize(
        ("answers", "wrong"),
        [
            ({"how_phone": "set", "phone": "12"}, "phone"),
            ({"how_email": "set", "email": "geen adres"}, "email"),
            ({"how_postal_code": "set", "postal_code": "75001"}, "postal_code"),
            ({"how_former_since": "set", "former_since": "0206-01-01"}, "former_since"),
            ({"how_status": "set", "status": "former"}, "former_since"),
            ({"how_status": "clear", "status": ""}, "how_status"),
            ({"how_city": "set", "city": ""}, "city"),
            ({"how_city": "verzonnen", "city": "Zeist"}, "how_city"),
            ({"how_city": "replace", "city": "Zeist"}, "old_city"),
            ({"city": "Zeist"}, "city"),
            ({"how_city": "set", "city": "x" * 81}, "city"),
            ({"how_invoice_debtor": "set", "invoice_debtor": "99999"}, "invoice_debtor"),
            ({"how_manager": "set", "manager": "99999"}, "manager"),
            ({"how_newsletter": "on", "tag_99999": "add"}, "__all__"),
        ],
    )
    def test_refuses_one_bad_value_and_changes_nothing(self, as_employee, job, answers, wrong):
        answer = fill(as_employee, job, **answers)

        assert answer.status_code == 422
        assert wrong in answer.context["form"].errors
        assert Job.objects.get(pk=job.pk).operation == ""

    def test_writes_a_value_as_the_form_of_one_relation_does(self, as_employee, job):
        fill(as_employee, job, how_phone="set", phone="(0416) 69 87 00", how_postal_code="set", postal_code="3511ab")

        changes = Job.objects.get(pk=job.pk).parameters["changes"]
        assert (changes["phone"]["value"], changes["postal_code"]["value"]) == ("+31416698700", "3511 AB")

    def test_accepts_a_foreign_postal_code_with_its_country(self, as_employee, job):
        answer = fill(
            as_employee, job, how_postal_code="set", postal_code="75001", how_country="set", country="Frankrijk"
        )

        assert answer.status_code == 302

    def test_is_filled_in_again_on_the_way_back(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")

        html = as_employee.get(page("bulk_properties", job)).content.decode()

        assert 'value="Zeist"' in html
        assert '<option value="set" selected>' in html

    def test_keeps_a_debtor_by_its_key(self, as_employee, job):
        """R32: a job would hold the name longer than the relation does."""
        debtor = RelationFactory(name="Geheim Advies")
        fill(as_employee, job, how_invoice_debtor="set", invoice_debtor=debtor.number)

        html = as_employee.get(page("bulk_properties", job)).content.decode()

        job.refresh_from_db()
        assert job.parameters["form"] == {"how_invoice_debtor": "set", "invoice_debtor": debtor.pk}
        assert f'value="{debtor.number} Geheim Advies"' in html

    def test_of_somebody_else_does_not_exist(self, client, job):
        client.force_login(EmployeeFactory())

        assert client.get(page("bulk_properties", job)).status_code == 404

    def test_names_what_else_a_change_sets_in_motion(self, as_employee, job):
        """R70"""
        fill(as_employee, job, how_newsletter="off")

        effects = as_employee.get(page("bulk_properties_preview", job)).context["effects"]

        assert [each.name for each in effects] == ["newsletter"]


class TestThePreview:
    def test_has_true_counts_and_differences(self, as_employee, job):
        """B2"""
        archived = RelationFactory(city="Utrecht")
        job = draft(job.by)
        archive([archived.pk], by=AdminFactory(), reason="other")
        fill(as_employee, job, how_city="set", city="Zeist")

        context = as_employee.get(page("bulk_properties_preview", job)).context

        assert (context["waiting"], context["unchanged"], context["skipped"]) == (2, 1, 1)
        assert {(f.old, f.new) for sample in context["samples"] for f in sample.fields} == {("Utrecht", "Zeist")}

    def test_confirmed_runs_exactly_that(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")

        answer = confirm(as_employee, job)

        assert answer.url == reverse("jobs:job", args=[job.pk])
        job.refresh_from_db()
        assert (job.state, job.done, job.unchanged, cities()) == (JobState.DONE, 2, 1, ["Zeist"] * 3)

    def test_confirmed_forgets_what_was_typed(self, as_employee, job, settings, monkeypatch):
        """R32: also while it waits for the workers; what each relation gets stands in its item."""
        settings.JOBS_AT_ONCE = 0
        monkeypatch.setattr("crm.jobs.tasks.send", lambda *given, **more: None)
        fill(as_employee, job, how_city="set", city="Zeist")

        confirm(as_employee, job)

        job.refresh_from_db()
        assert (job.state, job.parameters) == (JobState.QUEUED, {})

    def test_stops_when_a_relation_changed_since(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")
        changed = Relation.objects.filter(city="Utrecht").first()
        Relation.objects.filter(pk=changed.pk).update(city="Breda")

        answer = confirm(as_employee, job)

        assert answer.status_code == 409
        assert answer.context["changed"] == 1
        assert sorted(cities()) == ["Breda", "Utrecht", "Zeist"]
        assert confirm(as_employee, job).status_code == 302
        assert cities() == ["Zeist"] * 3

    def test_goes_on_when_another_property_changed_since(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")
        Relation.objects.update(phone="+31302345678")

        assert confirm(as_employee, job).status_code == 302

    def test_stops_when_another_change_was_chosen_in_another_window(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")
        job.refresh_from_db()
        seen = job.preview["fingerprint"]
        fill(as_employee, job, how_city="set", city="Breda")

        answer = as_employee.post(page("bulk_properties_preview", job), {"fingerprint": seen})

        assert answer.status_code == 409
        assert "Breda" not in cities()

    def test_stops_when_that_happened_while_it_was_being_confirmed(self, as_employee, employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")
        job.refresh_from_db()
        fill(as_employee, job, how_city="set", city="Breda")

        with pytest.raises(Refusal):
            confirming.confirm(job, by=employee)

        assert "Breda" not in cities()

    def test_stops_when_a_relation_was_erased_since(self, as_employee, job):
        """The row that vanished is told, and the rest can go on."""
        fill(as_employee, job, how_city="set", city="Breda")
        gone = Relation.objects.first()
        admin = AdminFactory()
        archive([gone.pk], by=admin, reason="other")
        erase([gone.pk], by=admin, reason="request", answers={"retention": True})

        answer = confirm(as_employee, job)

        assert answer.status_code == 409
        assert (answer.context["waiting"], answer.context["skipped"]) == (2, 1)
        assert confirm(as_employee, job).status_code == 302
        job.refresh_from_db()
        assert (job.state, job.done, job.waiting) == (JobState.DONE, 2, 0)

    def test_offers_no_button_when_nothing_would_change(self, as_employee, job):
        fill(as_employee, job, how_kind="set", kind="organisation")

        html = as_employee.get(page("bulk_properties_preview", job)).content.decode()

        assert 'class="btn btn-primary"' not in html

    def test_confirmed_twice_runs_once(self, as_employee, job):
        fill(as_employee, job, how_city="set", city="Zeist")
        confirm(as_employee, job)

        again = confirm(as_employee, job)

        assert again.url == reverse("jobs:job", args=[job.pk])
        assert Relation.objects.first().history.count() == 2
