"""Dry run, execution and undo of an import: what runs is what was shown, all of it or nothing (B2)."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archiving import fences
from archiving.erasure.numbers import retired_hash
from archiving.models import RetiredNumber
from crm.core.refusals import Refusal
from relations.importing import checking, executing, intake, undoing
from relations.importing.fields import suggested
from relations.models import Relation, RelationImport, RelationImportRow, RowOutcome
from relations.tasks import purge_imports
from tests.data import GEMEENTEN
from tests.factories import EmployeeFactory, NoteFactory, RelationFactory, RelationTagFactory

pytestmark = pytest.mark.django_db


def dry_run(text, by=None, mapping=None):
    content = text if isinstance(text, bytes) else text.encode()
    source = intake.take_in(content, by=by)
    return checking.check(source, mapping=mapping or suggested(source.columns), by=by)


def run(text, by=None, **choices):
    return executing.execute(dry_run(text, by), by=by, **choices)


def undo(source, by=None):
    return undoing.undo(source, by=by, expected=undoing.plan(source).hash)


def outcomes(source):
    return [row.outcome for row in source.rows.all()]


def errors(source):
    return [row.error for row in source.rows.all()]


def history_of(relation):
    return list(relation.history.order_by("history_id").values_list("history_type", flat=True))


class TestTheRealFile:
    def test_goes_in_whole(self, employee):
        source = run(GEMEENTEN.read_bytes(), by=employee)

        assert source.counts == {"new": 380}
        assert Relation.objects.count() == 380
        assert Relation.history.filter(history_type="+", history_user=employee).count() == 380

    def test_is_cleaned(self):
        run(GEMEENTEN.read_bytes())

        hague = Relation.objects.get(name="Gemeente Den Haag")
        assert (hague.city, hague.mail_street, hague.mail_postal_code) == ("'s-Gravenhage", "Postbus 12600", "2500 DJ")
        assert (hague.street, hague.phone) == ("", "14 070")
        assert Relation.objects.get(name="Gemeente Woerden").street == "Blekerijlaan 14"
        assert Relation.objects.get(name="Gemeente Aalburg").phone == "+31416698700"
        assert Relation.objects.get(name="Gemeente Waadhoeke").mail_postal_code == "8800 AB"
        assert Relation.objects.get(name="Gemeente Dantumadiel").phone == "14 0511"
        assert not [city for city in Relation.objects.values_list("city", flat=True) if city.isupper()]

    def test_adds_nothing_the_second_time(self):
        run(GEMEENTEN.read_bytes())

        again = dry_run(GEMEENTEN.read_bytes())

        assert again.counts == {"error": 380}
        assert all(row.relation for row in again.rows.select_related("relation"))

    def test_is_gone_after_undo(self):
        source = run(GEMEENTEN.read_bytes())

        undo(source)

        assert not Relation.objects.exists()
        assert not Relation.history.exists()


class TestTheDryRun:
    def test_stores_no_relation(self):
        dry_run("Naam\nBakkerij")

        assert not Relation.objects.exists()

    def test_tells_new_changed_and_unchanged_apart(self):
        RelationFactory(number="1", name="Bakkerij", city="Ede")
        RelationFactory(number="2", name="Slager", city="Ede")

        source = dry_run("Nummer;Naam;Plaats\n1;Bakkerij;Ede\n2;Slager;Breda\n3;Smid;Goes\n")

        assert outcomes(source) == ["unchanged", "changed", "new"]
        assert source.counts == {"unchanged": 1, "changed": 1, "new": 1}
        changed = source.rows.get(outcome=RowOutcome.CHANGED)
        assert (changed.before, changed.after) == ({"city": "Ede"}, {"city": "Breda"})

    def test_keeps_what_has_no_column_and_clears_what_is_empty(self):
        RelationFactory(number="1", name="Bakkerij", city="Ede", email="a@b.example")

        source = dry_run("Nummer;E-mail\n1;\n")

        assert source.rows.get().after == {"email": ""}

    def test_refuses_a_number_that_is_there_twice(self):
        source = dry_run("Nummer;Naam\n7;A\n8;B\n7;C\n")

        assert outcomes(source) == ["error", "new", "error"]
        assert "meer dan eens" in errors(source)[0]

    def test_refuses_the_number_of_an_archived_relation(self):
        RelationFactory(number="7", archived=True)

        assert "gearchiveerde relatie" in errors(dry_run("Nummer;Naam\n7;A\n"))[0]

    def test_refuses_the_number_of_an_erased_relation(self):
        """R87"""
        RetiredNumber.objects.create(hash=retired_hash("7"))

        assert "verwijderde relatie" in errors(dry_run("Nummer;Naam\n7;A\n"))[0]

    def test_refuses_the_label_of_an_erased_relation_as_number(self):
        assert outcomes(dry_run("Nummer;Naam\nVerwijderd(123);A\n")) == ["error"]

    def test_refuses_who_exists_already_when_there_are_no_numbers(self):
        known = RelationFactory(name="Bakkerij Ölmühle", postal_code="3511 AB")

        source = dry_run("Naam;Postcode\nBAKKERIJ ÖLMÜHLE;3511ab\nBakkerij Ölmühle;9999 ZZ\n")

        assert outcomes(source) == ["error", "new"]
        assert source.rows.first().relation == known

    def test_refuses_the_same_name_without_a_postal_code(self):
        RelationFactory(name="Bakkerij", postal_code="3511 AB")

        assert "onderscheiden" in errors(dry_run("Naam\nBakkerij\n"))[0]

    def test_refuses_the_second_of_two_equal_lines(self):
        assert outcomes(dry_run("Naam;Postcode\nA;3511AB\na;3511 AB\n")) == ["new", "error"]

    def test_never_quotes_a_value_in_an_error(self):
        source = dry_run("Nummer;Naam;Telefoon;E-mail;Plaats\n7;Geheim;bel Geheim;geheim;\n")

        assert "geheim" not in errors(source)[0].lower()

    def test_says_that_a_new_relation_needs_a_name(self):
        assert "een naam nodig" in errors(dry_run("Nummer;Plaats\n7;Ede\n"))[0]

    def test_needs_a_column_with_the_name_or_the_number(self):
        with pytest.raises(Refusal, match="Kies in welke kolom"):
            dry_run("Naam;Plaats\nA;Ede\n", mapping={"1": "city"})

    def test_can_be_done_again_with_other_columns(self):
        source = dry_run("Naam;Titel\nA;B\n")

        source = checking.check(source, mapping={"1": "name"}, by=None)

        assert source.rows.get().after == {"name": "B"}


class TestExecuting:
    def test_does_what_the_dry_run_showed(self, employee):
        RelationFactory(number="1", name="Bakkerij", city="Ede", phone="+31301234567")
        source = dry_run("Nummer;Naam;Plaats\n1;Bakkerij;Breda\n2;Smid;Goes\n", employee)
        shown = {row.line: row.after for row in source.rows.all()}

        executing.execute(source, by=employee)

        for line, number in ((2, "1"), (3, "2")):
            relation = Relation.objects.get(number=number)
            assert {name: getattr(relation, name) for name in shown[line]} == shown[line]
        assert Relation.objects.get(number="1").phone == "+31301234567"

    def test_writes_history_in_the_name_of_who_did_it(self, employee):
        known = RelationFactory(number="1", city="Ede")

        run("Nummer;Naam;Plaats\n1;Bakkerij;Breda\n2;Smid;Goes\n", employee)

        assert history_of(known) == ["+", "~"]
        newest = known.history.latest()
        assert (newest.city, newest.history_user) == ("Breda", employee)
        assert history_of(Relation.objects.get(number="2")) == ["+"]

    def test_stores_dates(self):
        RelationFactory(number="1", birth_date=date(1970, 1, 1))

        run("Nummer;Naam;Geboortedatum\n1;A;\n2;B;1-5-1980\n")

        assert Relation.objects.get(number="1").birth_date is None
        assert Relation.objects.get(number="2").birth_date == date(1980, 5, 1)

    def test_issues_numbers_where_there_are_none(self):
        run("Nummer;Naam\n;A\n;B\n50;C\n")

        assert len({r.number for r in Relation.objects.all()}) == 3
        assert all(r.number.isdigit() for r in Relation.objects.all())

    def test_leaves_errors_out_only_when_told_so(self):
        source = dry_run("Naam;E-mail\nA;\nB;fout\n")

        with pytest.raises(executing.ErrorsLeft):
            executing.execute(source, by=None)
        assert not Relation.objects.exists()
        executing.execute(source, by=None, leave_out_errors=True)

        assert [r.name for r in Relation.objects.all()] == ["A"]

    def test_stops_when_a_relation_was_changed_meanwhile(self):
        known = RelationFactory(number="1", city="Ede")
        source = dry_run("Nummer;Plaats;Naam\n1;Breda;Bakkerij\n2;Goes;Smid\n")
        known.city = "Goes"
        known.save()

        with pytest.raises(executing.Changed) as refused:
            executing.execute(source, by=None)

        assert refused.value.lines == [2]
        assert not Relation.objects.filter(number="2").exists()
        assert not RelationImport.objects.executed().exists()

    def test_stops_when_a_number_was_taken_meanwhile(self):
        source = dry_run("Nummer;Naam\n2;Smid\n")
        RelationFactory(number="2")

        with pytest.raises(executing.Changed):
            executing.execute(source, by=None)

    def test_stops_when_a_relation_was_archived_meanwhile(self):
        source = dry_run("Nummer;Naam\n2;Smid\n")
        RelationFactory(number="2", archived=True)

        with pytest.raises(executing.Changed):
            executing.execute(source, by=None)

    def test_happens_once(self):
        source = dry_run("Naam\nA\n")

        executing.execute(source, by=None)
        executing.execute(source, by=None)

        assert Relation.objects.count() == 1

    def test_refuses_when_there_is_nothing_to_do(self):
        RelationFactory(number="1", name="A")

        with pytest.raises(Refusal, match="niets te importeren"):
            run("Nummer;Naam\n1;A\n")

    def test_needs_the_right(self):
        stranger = EmployeeFactory()
        stranger.groups.clear()
        source = dry_run("Naam\nA\n")

        for act in (
            lambda: intake.take_in(b"Naam\nA\n", by=stranger),
            lambda: checking.check(source, mapping={"0": "name"}, by=stranger),
            lambda: executing.execute(source, by=stranger),
            lambda: intake.cancel(source, by=stranger),
            lambda: undoing.undo(source, by=stranger, expected=""),
        ):
            with pytest.raises(PermissionDenied):
                act()

    @pytest.mark.parametrize("has_maker", [True, False])
    def test_is_for_who_made_it(self, employee, has_maker):
        source = dry_run("Naam\nA\n", EmployeeFactory() if has_maker else None)

        for act in (
            lambda: checking.check(source, mapping={"0": "name"}, by=employee),
            lambda: executing.execute(source, by=employee),
            lambda: intake.cancel(source, by=employee),
            lambda: undoing.undo(source, by=employee, expected=""),
        ):
            with pytest.raises(PermissionDenied):
                act()
        assert RelationImport.objects.open().get() == source

    def test_keeps_only_what_undo_needs(self):
        RelationFactory(number="1", name="A", city="Ede")
        RelationFactory(number="2", name="B", city="Ede")

        source = run(
            "Nummer;Naam;Plaats;E-mail\n1;A;Breda;\n2;B;Ede;info@b.example\n3;C;Goes;\n4;D;;fout\n",
            leave_out_errors=True,
        )

        rows = {row.line: row for row in source.rows.select_related("relation")}
        assert all(row.cells == [] for row in rows.values())
        assert rows[2].before["city"] == "Ede"
        assert rows[2].relation.number == "1"
        assert (rows[4].before, rows[4].after, rows[4].relation.number) == ({}, {}, "3")
        assert (rows[5].before, rows[5].after, rows[5].relation) == ({}, {}, None)

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self):
        def queries(size, start):
            for number in range(start, start + size):
                RelationFactory(number=f"k{number}", city="Ede")
            lines = [f"k{n};Naam {n};Breda" for n in range(start, start + size)]
            lines += [f";Nieuw {n};Goes" for n in range(start, start + size)]
            source = dry_run("Nummer;Naam;Plaats\n" + "\n".join(lines))
            with CaptureQueriesContext(
                connection,
            ) as captured:
                executing.execute(source, by=None)
            undo_plan = undoing.plan(source)
            with CaptureQueriesContext(connection) as undone:
                undoing.undo(source, by=None, expected=undo_plan.hash)
            return len(captured), len(undone)

        assert queries(3, 0) == queries(30, 100)


class TestUndo:
    def test_removes_what_was_made_and_puts_back_what_was_changed(self):
        known = RelationFactory(number="1", name="A", city="Ede", birth_date=date(1970, 1, 1))
        source = run("Nummer;Naam;Plaats;Geboortedatum\n1;A;Breda;\n2;B;Goes;\n")

        source = undo(source)

        known.refresh_from_db()
        assert (known.city, known.birth_date) == ("Ede", date(1970, 1, 1))
        assert history_of(known) == ["+", "~", "~"]
        assert not Relation.objects.filter(number="2").exists()
        assert source.is_undone

    def test_leaves_no_value_behind(self):
        RelationFactory(number="1", city="Ede")

        source = undo(run("Nummer;Naam;Plaats\n1;A;Breda\n2;B;Goes\n"))

        assert not Relation.history.filter(name="B").exists()
        assert all((r.before, r.after, r.relation) == ({}, {}, None) for r in source.rows.all())

    def test_keeps_a_relation_that_got_something(self):
        source = run("Nummer;Naam\n1;A\n2;B\n")
        NoteFactory(relation=Relation.objects.get(number="1"))

        source = undo(source)

        assert [r.number for r in Relation.objects.all()] == ["1"]
        assert [(r.relation.number, r.error) for r in source.rows.exclude(relation=None)] == [
            ("1", "er hoort intussen iets bij")
        ]

    @pytest.mark.parametrize(
        "hang_on",
        [
            lambda relation: RelationTagFactory(relation=relation),
            lambda relation: RelationFactory(invoice_debtor=relation),
            lambda relation: NoteFactory(relation=relation).delete(),
        ],
        ids=["a tag", "another relation's invoices", "a note that is gone but in the history"],
    )
    def test_keeps_a_relation_that_is_or_was_used_for(self, hang_on):
        source = run("Nummer;Naam\n1;A\n")
        hang_on(Relation.objects.get(number="1"))

        plan = undoing.plan(source)

        assert (plan.remove, len(plan.kept)) == ([], 1)

    def test_keeps_a_relation_that_was_changed_without_history_too(self):
        source = run("Nummer;Naam\n1;A\n")
        Relation.objects.filter(number="1").update(city="Ede")

        assert [why for _row, why in undoing.plan(source).kept] == ["sindsdien gewijzigd"]

    def test_keeps_a_change_that_somebody_went_on_with(self):
        known = RelationFactory(number="1", city="Ede")
        source = run("Nummer;Plaats\n1;Breda\n")
        known.refresh_from_db()
        known.city = "Goes"
        known.save()

        assert [why for _row, why in undoing.plan(source).kept] == ["sindsdien gewijzigd"]

    def test_puts_a_field_back_although_another_was_changed(self):
        known = RelationFactory(number="1", city="Ede")
        source = run("Nummer;Plaats\n1;Breda\n")
        known.refresh_from_db()
        known.phone = "+31301234567"
        known.save()

        undo(source)

        known.refresh_from_db()
        assert (known.city, known.phone) == ("Ede", "+31301234567")

    def test_keeps_an_archived_relation(self):
        RelationFactory(number="1", city="Ede")
        source = run("Nummer;Naam;Plaats\n1;A;Breda\n2;B;Goes\n")
        for relation in Relation.objects.all():
            archive_by_hand(relation)

        plan = undoing.plan(source)

        assert (plan.remove, plan.revert, len(plan.kept)) == ([], [], 2)
        with pytest.raises(Refusal, match="niets meer ongedaan"):
            undoing.undo(source, by=None, expected=plan.hash)

    def test_stops_when_it_is_no_longer_what_was_shown(self):
        source = run("Nummer;Naam\n1;A\n2;B\n")
        shown = undoing.plan(source).hash
        NoteFactory(relation=Relation.objects.get(number="1"))

        with pytest.raises(Refusal, match="niets ongedaan gemaakt"):
            undoing.undo(source, by=None, expected=shown)

        assert Relation.objects.count() == 2

    def test_happens_once(self):
        source = run("Nummer;Naam\n1;A\n")
        undone = undo(source)

        assert undoing.undo(source, by=None, expected="").undone_at == undone.undone_at

    def test_frees_the_number_for_the_right_file(self):
        undo(run("Nummer;Naam\n1;A\n"))

        run("Nummer;Naam\n1;De goede\n")

        assert Relation.objects.get().name == "De goede"

    def test_does_not_stumble_over_a_dry_run_that_is_open(self):
        source = run("Naam;Postcode\nA;3511AB\n")
        waiting = dry_run("Naam;Postcode\nA;3511AB\n")

        undo(source)

        assert waiting.rows.get().relation is None

    def test_refuses_what_was_not_carried_out(self):
        with pytest.raises(Refusal, match="nog niet uitgevoerd"):
            undo(dry_run("Naam\nA\n"))


class TestWhatIsKept:
    def test_goes_when_the_file_is_put_aside(self):
        intake.cancel(dry_run("Naam\nA\n"), by=None)

        assert not RelationImport.objects.exists()

    def test_stays_when_it_was_carried_out(self):
        source = run("Naam\nA\n")

        with pytest.raises(Refusal, match="al uitgevoerd"):
            intake.cancel(source, by=None)

    def test_goes_after_a_day(self):
        old, fresh, done = dry_run("Naam\nA\n"), dry_run("Naam\nB\n"), run("Naam\nC\n")
        RelationImport.objects.exclude(pk=fresh.pk).update(at=timezone.now() - timedelta(days=1, minutes=1))

        purge_imports()

        assert set(RelationImport.objects.all()) == {fresh, done}
        assert not RelationImportRow.objects.filter(source_id=old.pk).exists()


@pytest.mark.django_db(transaction=True)
class TestTheSameFileInTwoWindows:
    def test_comes_in_once(self):
        sources = [dry_run("Naam;Postcode\nA;3511AB\n") for _ in range(2)]
        refusals = []

        def go(source):
            try:
                executing.execute(source, by=None)
            except executing.Changed as refusal:
                refusals.append(refusal.lines)
            finally:
                connection.close()

        threads = [threading.Thread(target=go, args=[source]) for source in sources]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert Relation.objects.count() == 1
        assert refusals == [[2]]


def archive_by_hand(relation):
    other = RelationFactory(archived=True)
    with transaction.atomic(), fences.lifted():
        Relation.objects.filter(pk=relation.pk).update(archival=other.archival)
