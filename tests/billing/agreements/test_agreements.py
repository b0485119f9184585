from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from billing.agreements import price_agreements
from billing.models import Instalment, PriceAgreement
from crm.core.refusals import Refusal
from tests.archiving.acting import archive
from tests.factories import InstalmentFactory, InvoiceLineFactory, PriceAgreementFactory, RelationFactory

pytestmark = pytest.mark.django_db


def form(rows=(), initial=0, **fields):
    entered = {
        "title": "Jaarwerk 2026",
        "total": "1.200,00",
        "starts_on": "2026-01-01",
        "description": "",
        "termijn-TOTAL_FORMS": len(rows),
        "termijn-INITIAL_FORMS": initial,
        **fields,
    }
    for index, row in enumerate(rows):
        entered |= {f"termijn-{index}-{name}": value for name, value in row.items()}
    return entered


def row(due_on="2026-04-01", amount="300,00", **fields):
    return {"due_on": due_on, "amount": amount, "description": "", **fields}


def codes(relation):
    return {finding.code for finding in planning.blockers([relation.pk], Stage.ARCHIVE).get(relation.pk, [])}


def opened(client, url):
    """What the page holds of what is seen of the agreement and its instalments."""
    form = client.get(url).context["form"]
    return {each["seen"].html_name: each["seen"].value() or "" for each in (form, *form.rows)}


class TestNewAgreement:
    def test_is_saved_with_its_instalments(self, as_employee):
        """R6: this makes the blocker"""
        relation = RelationFactory()
        url = reverse("billing:agreement_new", args=[relation.pk])

        answer = as_employee.post(url, form([row(), row("2026-07-01", "900"), row("", "")]))

        assert answer.status_code == 302
        assert PriceAgreement.objects.get().total == Decimal("1200.00")
        assert sorted(Instalment.objects.values_list("amount", flat=True)) == [300, 900]
        assert codes(relation) == {"UNBILLED_INSTALMENT"}

    def test_starts_today_unless_said_otherwise(self, as_employee):
        page = as_employee.get(reverse("billing:agreement_new", args=[RelationFactory().pk]))

        assert page.context["form"]["starts_on"].value() == timezone.localdate()

    @pytest.mark.parametrize(
        "entered",
        [
            form(title=""),
            form(title="\u200b"),
            form([row(amount="0")]),
            form([row(due_on="")]),
            form([row(amount="700"), row(amount="500,01")]),
            {"title": "zonder rijen"},
        ],
    )
    def test_filled_in_wrongly_shows_the_error_and_saves_nothing(self, as_employee, entered):
        url = reverse("billing:agreement_new", args=[RelationFactory().pk])

        answer = as_employee.post(url, entered)

        assert answer.status_code == 422
        assert not PriceAgreement.objects.exists()
        assert not Instalment.objects.exists()

    def test_whose_form_is_damaged_says_to_load_it_again(self, as_employee):
        url = reverse("billing:agreement_new", args=[RelationFactory().pk])

        answer = as_employee.post(url, {"title": "Fiscaal pakket"})

        assert answer.status_code == 422
        assert "Laad haar opnieuw" in answer.text

    def test_is_refused_for_an_archived_relation(self, as_employee, employee):
        relation = RelationFactory()
        archive(relation, by=employee)
        url = reverse("billing:agreement_new", args=[relation.pk])

        answers = [as_employee.get(url), as_employee.post(url, form([row()]))]

        assert {answer.status_code for answer in answers} == {409}
        assert not PriceAgreement.objects.exists()


class TestAgreement:
    @pytest.fixture
    def instalment(self):
        return InstalmentFactory(agreement=PriceAgreementFactory(total=Decimal("1200")))

    def post(self, client, instalment, *rows, **fields):
        """As the page was opened before anybody else did something."""
        url = reverse("billing:agreement", args=[instalment.agreement.pk])
        return client.post(url, opened(client, url) | form(rows, initial=1, **fields))

    def test_changes_with_its_instalments(self, as_employee, instalment):
        self.post(as_employee, instalment, row(amount="400", id=instalment.pk), title="Jaarwerk")

        instalment.refresh_from_db()
        assert instalment.amount == 400
        assert instalment.agreement.title == "Jaarwerk"

    def test_loses_an_instalment_that_is_not_wanted_any_more(self, as_employee, instalment):
        """R6: this solves the blocker without an invoice"""
        self.post(as_employee, instalment, row(id=instalment.pk, DELETE="on"))

        assert not Instalment.objects.exists()
        assert codes(instalment.agreement.relation) == set()

    def test_shows_invoiced_instalments_and_leaves_them_alone(self, as_employee, instalment):
        billed = InstalmentFactory(agreement=instalment.agreement, invoice_line=InvoiceLineFactory())

        page = as_employee.get(reverse("billing:agreement", args=[instalment.agreement.pk]))
        answer = self.post(as_employee, instalment, row(id=billed.pk, amount="1"))

        assert list(page.context["form"].billed()) == [billed]
        assert answer.status_code == 422
        assert Instalment.objects.get(pk=billed.pk).amount == 300

    def test_counts_what_was_invoiced_in_the_total(self, as_employee, instalment):
        InstalmentFactory(agreement=instalment.agreement, amount=Decimal("1000"), invoice_line=InvoiceLineFactory())

        answer = self.post(as_employee, instalment, row(amount="300", id=instalment.pk))

        assert answer.status_code == 422

    def test_does_not_take_back_what_was_invoiced_meanwhile(self, employee, instalment):
        stale = Instalment.objects.get()
        line = InvoiceLineFactory()
        Instalment.objects.update(invoice_line=line)
        stale.due_on = date(2027, 1, 1)

        with pytest.raises(Refusal):
            price_agreements.save_agreement(instalment.agreement, [stale], by=employee)

        assert Instalment.objects.get().invoice_line == line

    def test_shows_what_somebody_else_made_of_an_instalment(self, as_employee, instalment):
        url = reverse("billing:agreement", args=[instalment.agreement.pk])
        stale = opened(as_employee, url)
        Instalment.objects.update(amount=500)

        answer = as_employee.post(url, stale | form([row(amount="400", id=instalment.pk)], initial=1))

        (difference,) = next(iter(answer.context["form"].rows)).conflict
        assert (answer.status_code, difference.theirs, difference.mine) == (409, "500,00", "400")
        assert Instalment.objects.get().amount == 500

    def test_is_saved_with_what_was_chosen(self, as_employee, instalment):
        url = reverse("billing:agreement", args=[instalment.agreement.pk])
        stale = opened(as_employee, url) | form([row(amount="400", id=instalment.pk)], initial=1)
        Instalment.objects.update(amount=500)
        shown = as_employee.post(url, stale).context["form"]

        choice = {next(iter(shown.rows)).conflict[0].choice: "theirs"}
        as_employee.post(url, stale | choice | {"termijn-0-seen": next(iter(shown.rows))["seen"].value()})

        assert Instalment.objects.get().amount == 500
