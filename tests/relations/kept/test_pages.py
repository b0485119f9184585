"""Adding and editing what is kept by hand around a relation: the same for every kind (kinds.py)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from tests.archiving.acting import archive, erase
from tests.factories import EmployeeFactory, RelationFactory, TimesheetLineFactory
from tests.forms import sent_by
from tests.relations.kept.kinds import KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.page)]


def tab(relation, kind):
    return reverse("relations:relation_tab", args=[relation.pk, kind.tab])


def after(relation, kind):
    """Where one goes after saving the one thing there is."""
    return reverse(kind.page_after, args=[kind.model.objects.get().pk]) if kind.page_after else tab(relation, kind)


def sent(value):
    return value.isoformat() if isinstance(value, date) else value


def said(value):
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value


def opened(client, url):
    return sent_by(client.get(url).context["form"])


class TestAdding:
    def test_is_offered_in_the_tab_and_returns_to_it_with_a_message(self, as_employee, kind):
        relation = RelationFactory()
        offered = as_employee.get(tab(relation, kind)).content.decode()

        answer = as_employee.post(kind.new_page(relation), kind.answers())

        assert kind.new_page(relation).split("?")[0] in offered
        assert answer.url == after(relation, kind)
        assert list(as_employee.get(answer.url).context["messages"])
        assert kind.model.objects.get()

    def test_names_who_did_it_in_the_history(self, as_employee, employee, kind):
        as_employee.post(kind.new_page(RelationFactory()), kind.answers())

        assert kind.model.objects.get().history.get().history_user == employee

    def test_shows_what_is_wrong_at_the_field_and_saves_nothing(self, as_employee, kind):
        relation = RelationFactory()
        for name, bad in kind.wrong.items():
            answer = as_employee.post(kind.new_page(relation), kind.answers() | {name: bad})

            assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])

        assert not kind.model.objects.exists()

    def test_of_nothing_asks_for_what_is_needed(self, as_employee, kind):
        assert as_employee.post(kind.new_page(RelationFactory())).status_code == 422

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_refused_for_an_archived_relation(self, as_employee, kind, method):
        relation = RelationFactory(archived=True)

        answer = getattr(as_employee, method)(kind.new_page(relation), kind.answers())

        assert (answer.status_code, "gearchiveerd" in answer.content.decode()) == (409, True)
        assert not kind.model.objects.exists()
        assert kind.new_page(relation) not in as_employee.get(tab(relation, kind)).content.decode()

    def test_is_gone_for_an_erased_relation(self, as_admin, admin, kind):
        relation = RelationFactory()
        TimesheetLineFactory(relation=relation, billed=True)
        archive(relation, by=admin)
        erase(relation, by=admin)

        assert as_admin.post(kind.new_page(relation), kind.answers()).status_code == 410


class TestEditing:
    @pytest.fixture
    def thing(self, kind):
        name, original, _theirs, _mine = kind.changed
        return kind.factory(**{name: original})

    @pytest.fixture
    def name(self, kind):
        return kind.changed[0]

    def test_changes_what_was_typed_and_nothing_else(self, as_employee, kind, thing, name):
        before = kind.model.objects.filter(pk=thing.pk).values().get()

        answer = as_employee.post(
            kind.edit_page(thing), opened(as_employee, kind.edit_page(thing)) | {name: sent(kind.changed[3])}
        )

        now = kind.model.objects.filter(pk=thing.pk).values().get()
        assert answer.url == after(kind.relation_of(thing), kind)
        before.pop("search", None)  # follows from the other columns
        assert {column: now[column] for column in before} == before | {name: kind.changed[3]}

    def test_is_offered_in_the_row_while_the_relation_is_active(self, as_employee, employee, kind, thing):
        address = kind.edit_page(thing)
        offered = as_employee.get(tab(kind.relation_of(thing), kind)).content.decode()
        archive(kind.relation_of(thing), by=employee)

        assert address in offered
        assert address not in as_employee.get(tab(kind.relation_of(thing), kind)).content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_refused_when_the_relation_was_archived_meanwhile(self, as_employee, employee, kind, thing, method):
        filled = opened(as_employee, kind.edit_page(thing))
        archive(kind.relation_of(thing), by=employee)

        assert getattr(as_employee, method)(kind.edit_page(thing), filled).status_code == 409

    def test_of_what_is_gone_is_not_found(self, as_employee, kind):
        assert as_employee.get(reverse(f"{kind.page}_edit", args=[10**9])).status_code == 404

    def test_shows_mine_theirs_and_original_when_somebody_else_was_first(self, as_employee, kind, thing, name):
        _name, original, theirs, mine = kind.changed
        stale = opened(as_employee, kind.edit_page(thing)) | {name: sent(mine)}
        saved_by(EmployeeFactory(name="Kees Bos"), thing, name, theirs)

        answer = as_employee.post(kind.edit_page(thing), stale)

        (difference,) = answer.context["form"].conflict
        assert answer.status_code == 409
        assert (difference.original, difference.theirs, difference.mine) == (said(original), said(theirs), said(mine))
        assert "Kees Bos" in answer.content.decode()
        assert getattr(kind.model.objects.get(), name) == theirs

    @pytest.mark.parametrize("choice", ["mine", "theirs"])
    def test_saves_what_was_chosen_when_sent_once_more(self, as_employee, kind, thing, name, choice):
        stale = opened(as_employee, kind.edit_page(thing)) | {name: sent(kind.changed[3])}
        saved_by(EmployeeFactory(), thing, name, kind.changed[2])
        form = as_employee.post(kind.edit_page(thing), stale).context["form"]

        as_employee.post(kind.edit_page(thing), sent_by(form) | {form.conflict[0].choice: choice})

        chosen = {"mine": kind.changed[3], "theirs": kind.changed[2]}[choice]
        assert getattr(kind.model.objects.get(), name) == chosen

    def test_takes_over_what_only_the_other_changed(self, as_employee, kind, thing, name):
        stale = opened(as_employee, kind.edit_page(thing))
        saved_by(EmployeeFactory(), thing, name, kind.changed[2])

        form = as_employee.post(kind.edit_page(thing), stale).context["form"]
        as_employee.post(kind.edit_page(thing), sent_by(form))

        assert [difference.choice for difference in form.conflict] == [""]
        assert getattr(kind.model.objects.get(), name) == kind.changed[2]

    def test_without_what_was_seen_undoes_nothing(self, as_employee, kind, thing, name):
        unread = opened(as_employee, kind.edit_page(thing)) | {"seen": "[1", name: sent(kind.changed[3])}

        assert as_employee.post(kind.edit_page(thing), unread).status_code == 409
        assert getattr(kind.model.objects.get(), name) == kind.changed[1]


class TestArchivedByItself:
    @pytest.fixture
    def thing(self, kind):
        return kind.factory(archived=True) if hasattr(kind.model, "archival") else None

    def test_can_only_be_read(self, as_employee, kind, thing):
        assert thing is None or as_employee.get(kind.edit_page(thing)).status_code == 409


class TestTheAct:
    def test_is_refused_without_the_right(self, kind):
        stranger = EmployeeFactory()
        stranger.groups.clear()

        with pytest.raises(PermissionDenied):
            kind.save(kind.factory(), by=stranger)


class TestTheTab:
    def test_asks_as_many_queries_for_thirty_rows_as_for_three(self, as_employee, kind):
        relation = RelationFactory()
        kind.make(3, relation)
        as_employee.get(tab(relation, kind))

        with CaptureQueriesContext(connection) as of_three:
            as_employee.get(tab(relation, kind))
        kind.make(27, relation)
        with CaptureQueriesContext(connection) as of_thirty:
            as_employee.get(tab(relation, kind))

        assert len(of_thirty) == len(of_three)


def saved_by(somebody, thing, name, value):
    setattr(thing, name, value)
    thing._history_user = somebody
    thing.save()
