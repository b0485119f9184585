"""What was made up must hang together: sums, keys, numbers that pass their checks."""

import pytest
from django.apps import apps
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from billing.models import Instalment, Invoice, InvoiceLine, InvoiceStatus, TimesheetLine
from crm.core import spelling
from portals.models import PortalAccount
from relations.models import Person, Relation

pytestmark = pytest.mark.usefixtures("office")


class TestInvoices:
    def test_total_is_the_sum_of_the_lines(self):
        wrong = (
            Invoice.objects.annotate(lines_net=Sum("lines__net"), lines_vat=Sum("lines__vat"))
            .exclude(net=F("lines_net"), vat=F("lines_vat"), total=F("lines_net") + F("lines_vat"))
            .values_list("number", flat=True)
        )

        assert Invoice.objects.exists()
        assert not list(wrong)

    def test_paid_is_the_sum_of_the_payments(self):
        settled = Invoice.objects.annotate(received=Coalesce(Sum("payments__amount"), F("net") * 0))

        assert not settled.exclude(paid=F("received")).exists()
        assert not settled.filter(status=InvoiceStatus.PAID).exclude(paid=F("total")).exists()
        assert not settled.exclude(status=InvoiceStatus.PAID).filter(paid__gte=F("total"), total__gt=0).exists()

    def test_bill_exactly_the_hours_that_point_at_them(self):
        lines = InvoiceLine.objects.filter(timesheet_lines__isnull=False).annotate(hours=Sum("timesheet_lines__hours"))

        assert lines.exists()
        assert not lines.exclude(quantity=F("hours")).exists()
        assert not TimesheetLine.objects.exclude(invoice_line=None).exclude(rate=F("invoice_line__unit_price")).exists()

    def test_bill_hours_and_instalments_of_their_own_relation(self):
        hours = TimesheetLine.objects.exclude(invoice_line=None)
        instalments = Instalment.objects.exclude(invoice_line=None)

        assert not hours.exclude(invoice_line__invoice__relation=F("relation")).exists()
        assert not instalments.exclude(invoice_line__invoice__relation=F("agreement__relation")).exists()
        assert not instalments.exclude(invoice_line__net=F("amount")).exists()

    def test_have_every_rate_of_vat(self):
        rates = set(InvoiceLine.objects.values_list("vat_rate", flat=True))

        assert rates == {0, 9, 21}


class TestKeys:
    @pytest.mark.parametrize("label", ["relations", "billing", "portals"])
    def test_point_at_rows_that_exist(self, label):
        """No foreign key was checked while the rows were made (crm/demo/seeding.py)."""
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                if field.many_to_one and not field.name.startswith("history_"):
                    self._assert_no_loose_end(model, field)

    def _assert_no_loose_end(self, model, field):
        if model.__name__.startswith("Historical"):
            return  # the past may name what is gone
        loose = model._base_manager.filter(**{f"{field.name}__isnull": False}).exclude(
            **{f"{field.name}__in": field.related_model._base_manager.order_by().values("pk")}
        )
        assert not loose.exists(), f"{model.__name__}.{field.name}"


class TestNumbers:
    @pytest.mark.parametrize(
        ("name", "spelled"),
        [
            ("phone", spelling.phone_number),
            ("mobile", spelling.phone_number),
            ("postal_code", spelling.postal_code),
            ("mail_postal_code", spelling.postal_code),
            ("kvk_number", spelling.kvk_number),
            ("vat_number", spelling.vat_number),
            ("iban", spelling.iban),
            ("citizen_service_number", spelling.citizen_service_number),
        ],
    )
    def test_are_stored_as_a_form_would(self, name, spelled):
        values = set(Relation.objects.exclude(**{name: ""}).values_list(name, flat=True))

        assert len(values) > 5
        assert all(spelled(value) == value for value in values)

    @pytest.mark.parametrize("model", [Relation, Person, PortalAccount])
    def test_leave_mail_within_example_domains(self, model):
        assert not model.objects.exclude(email="").exclude(email__endswith=".example").exists()

    def test_are_given_to_relations_in_turn(self):
        numbers = Relation.objects.not_erased().values_list("number", flat=True)

        assert min(numbers, key=int) == "10001"
        assert max(numbers, key=int) == "10200"


class TestTimesheets:
    def test_run_over_eighteen_months(self):
        months = TimesheetLine.objects.dates("worked_on", "month")

        assert len(months) == 18

    def test_are_worked_on_working_days(self):
        worked = TimesheetLine.objects.filter(relation__archival=None, billable=True).exclude(invoice_line=None)

        assert not worked.filter(worked_on__week_day__in=[1, 7]).exists()
