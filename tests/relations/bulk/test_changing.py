"""Changing properties for all: what is written, what is left alone, and what is told of it (R63-R69, B1)."""

import pytest

from archiving.acts.archiving import archive
from crm.jobs import confirming
from crm.jobs.models import ItemState, JobState
from relations.models import Relation, RelationStatus
from tests.factories import AdminFactory, RelationFactory, RelationTagFactory, TagFactory
from tests.relations.bulk.sets import changed, cleared, outcomes, previewed, put

pytestmark = pytest.mark.django_db


def values(name):
    return list(Relation.objects.order_by("pk").values_list(name, flat=True))


class TestText:
    def test_is_overwritten_everywhere(self, employee):
        """R69"""
        RelationFactory(city="Utrecht"), RelationFactory(city="")

        changed(employee, {"city": put("Zeist")})

        assert values("city") == ["Zeist", "Zeist"]

    def test_is_cleared(self, employee):
        RelationFactory(city="Utrecht")

        changed(employee, {"city": cleared()})

        assert values("city") == [""]

    def test_fills_only_what_is_empty(self, employee):
        RelationFactory(city="Utrecht"), RelationFactory(city="")

        job = changed(employee, {"city": put("Zeist", "fill")})

        assert values("city") == ["Utrecht", "Zeist"]
        assert (job.done, job.unchanged) == (1, 1)

    def test_is_added_to_the_end_once(self, employee):
        RelationFactory(street="Dorpsstraat 12"), RelationFactory(street=""), RelationFactory(street="Laan 1 bis")

        changed(employee, {"street": put("bis", "append")})

        assert values("street") == ["Dorpsstraat 12 bis", "bis", "Laan 1 bis"]

    def test_that_would_become_too_long_is_skipped(self, employee):
        long, short = RelationFactory(street="a" * 118), RelationFactory(street="Laan")

        job = changed(employee, {"street": put("bis", "append")})

        assert outcomes(job) == {long.pk: ("skipped", "TOO_LONG"), short.pk: ("done", "")}

    def test_is_replaced_where_it_is_the_old_value(self, employee):
        RelationFactory(city="Utrecht"), RelationFactory(city="Zeist")

        changed(employee, {"city": put("De Meern", "replace", old="Utrecht")})

        assert values("city") == ["De Meern", "Zeist"]


class TestTags:
    def test_are_ticked_and_unticked_and_the_others_stay(self, employee):
        """R68; and R56: from newsletter A to newsletter B."""
        news_a, news_b, other = TagFactory(), TagFactory(), TagFactory()
        relation = RelationFactory()
        RelationTagFactory(relation=relation, tag=news_a), RelationTagFactory(relation=relation, tag=other)

        job = changed(employee, {"tags": {"add": [news_b.pk], "remove": [news_a.pk]}})

        assert set(relation.tags.all()) == {news_b, other}
        assert job.items.get().before == {"tags": [news_a.pk]}
        assert job.items.get().after == {"tags": [news_b.pk]}

    def test_alone_write_no_history(self, employee):
        relation, tag = RelationFactory(), TagFactory()

        changed(employee, {"tags": {"add": [tag.pk], "remove": []}})

        assert relation.history.count() == 1

    def test_that_was_deleted_meanwhile_skips_the_row(self, employee):
        RelationFactory()
        tag = TagFactory()
        job = previewed(employee, {"tags": {"add": [tag.pk], "remove": []}})
        tag.delete()

        job = confirming.confirm(job, by=employee)

        assert job.items.get().reason == "TAG"


class TestStatus:
    def test_of_a_former_relation_has_a_date(self, employee):
        """R101: and whoever was former already keeps the date."""
        RelationFactory(), RelationFactory(status="former", former_since="2020-01-01")

        job = changed(employee, {"status": put("former"), "former_since": put("2026-01-01", "fill")})

        assert [str(day) for day in values("former_since")] == ["2026-01-01", "2020-01-01"]
        assert job.unchanged == 1

    def test_that_is_not_former_loses_the_date(self, employee):
        RelationFactory(status="former", former_since="2020-01-01")

        changed(employee, {"status": put("client")})

        assert (values("status"), values("former_since")) == (["client"], [None])

    def test_date_alone_skips_who_is_not_former(self, employee):
        """A rule of the database becomes a row that is skipped, never a chunk that fails."""
        former, client = RelationFactory(status="former", former_since="2020-01-01"), RelationFactory()

        job = changed(employee, {"former_since": put("2021-02-03")})

        assert outcomes(job) == {former.pk: ("done", ""), client.pk: ("skipped", "NOT_FORMER")}


class TestInvoiceDebtor:
    def test_is_never_the_relation_itself(self, employee):
        debtor, payer = RelationFactory(), RelationFactory()

        job = changed(employee, {"invoice_debtor": put(debtor.pk)})

        assert outcomes(job) == {debtor.pk: ("skipped", "OWN_DEBTOR"), payer.pk: ("done", "")}
        assert values("invoice_debtor") == [None, debtor.pk]

    def test_that_was_archived_meanwhile_skips_the_rows(self, employee):
        debtor, payer = RelationFactory(), RelationFactory()
        job = previewed(employee, {"invoice_debtor": put(debtor.pk)}, Relation.objects.filter(pk=payer.pk))
        archive([debtor.pk], by=AdminFactory(), reason="other")

        job = confirming.confirm(job, by=employee)

        assert outcomes(job) == {payer.pk: ("skipped", "DEBTOR")}


class TestYesAndNo:
    def test_are_switched_only_when_asked(self, employee):
        """R67"""
        RelationFactory(newsletter=True), RelationFactory(newsletter=False)

        job = changed(employee, {"newsletter": put(True)})

        assert (values("newsletter"), job.done, job.unchanged) == ([True, True], 1, 1)

    def test_opting_out_keeps_the_moment_of_who_did_before(self, employee):
        RelationFactory(opted_out_at="2020-01-01T10:00Z"), RelationFactory()

        changed(employee, {"opted_out_at": put("2026-11-25T10:00:00.123456+00:00", "fill")})

        assert [moment.year for moment in values("opted_out_at")] == [2020, 2026]


class TestHistory:
    def test_holds_the_whole_new_row_and_who_did_it(self, employee):
        relation = RelationFactory(city="Utrecht", phone="+31302345678")

        changed(employee, {"city": put("Zeist")})

        row = relation.history.first()
        assert (row.city, row.phone, row.name, row.number) == ("Zeist", "+31302345678", relation.name, relation.number)
        assert (row.history_user, row.history_type, row.history_change_reason) == (employee, "~", "bulk edit")

    def test_has_nothing_of_a_row_that_is_so_already(self, employee):
        already, other = RelationFactory(city="Zeist"), RelationFactory(city="Utrecht")

        job = changed(employee, {"city": put("Zeist")})

        assert (already.history.count(), other.history.count()) == (1, 2)
        assert outcomes(job)[already.pk] == ("unchanged", "")


class TestWhatHappensBetweenConfirmingAndRunning:
    @pytest.fixture
    def confirmed(self, employee):
        """Confirmed at the moment that `meanwhile` has happened, which the preview did not know."""

        def confirm(changes, meanwhile):
            job = previewed(employee, changes)
            meanwhile()
            return confirming.confirm(job, by=employee)

        return confirm

    def test_another_property_that_somebody_changed_survives(self, confirmed):
        relation = RelationFactory(city="Utrecht", phone="")

        job = confirmed({"city": put("Zeist")}, lambda: Relation.objects.update(phone="+31302345678"))

        relation.refresh_from_db()
        assert (relation.city, relation.phone, job.done) == ("Zeist", "+31302345678", 1)
        assert relation.history.first().phone == "+31302345678"

    def test_the_same_property_that_somebody_changed_is_left_alone(self, confirmed):
        """B1"""
        relation, other = RelationFactory(city="Utrecht"), RelationFactory(city="Utrecht")

        job = confirmed({"city": put("Zeist")}, lambda: Relation.objects.filter(pk=relation.pk).update(city="Breda"))

        assert values("city") == ["Breda", "Zeist"]
        assert outcomes(job) == {relation.pk: ("skipped", "CHANGED_MEANWHILE"), other.pk: ("done", "")}

    def test_what_somebody_made_so_already_is_no_change(self, confirmed):
        relation = RelationFactory(city="Utrecht")

        job = confirmed({"city": put("Zeist")}, lambda: Relation.objects.update(city="Zeist"))

        assert (job.unchanged, relation.history.count()) == (1, 1)

    def test_one_archived_relation_among_thousands_is_reported_and_the_rest_goes_on(self, confirmed):
        relations = Relation.objects.bulk_create(RelationFactory.build_batch(3_000, city="Utrecht"))
        stale = relations[1_717].pk

        job = confirmed({"city": put("Zeist")}, lambda: archive([stale], by=AdminFactory(), reason="other"))

        assert outcomes(job)[stale] == ("skipped", "ARCHIVED")
        assert (job.state, job.done, job.skipped, job.failed) == (JobState.DONE, 2_999, 1, 0)
        assert job.items.get(target=stale).state == ItemState.SKIPPED


class TestKind:
    def test_and_status_and_manager_change_together(self, employee):
        RelationFactory.create_batch(2)

        job = changed(employee, {"kind": put("person"), "status": put("prospect"), "manager": put(employee.pk)})

        assert list(Relation.objects.values_list("kind", "status", "manager").distinct()) == [
            ("person", RelationStatus.PROSPECT, employee.pk)
        ]
        assert job.done == 2
