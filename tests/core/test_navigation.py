import pytest

from crm.core import navigation
from crm.core.navigation import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(monkeypatch):
    entries = []
    monkeypatch.setattr(navigation, "_entries", entries)
    return entries


@pytest.fixture
def groups(rf):
    def found(employee, path="/"):
        request = rf.get(path)
        request.user = employee
        return [(str(title), [entry["label"] for entry in shown]) for title, shown in navigation.groups(request)]

    return found


class TestGroups:
    def test_stand_in_a_fixed_order_with_their_entries_sorted(self, entries, groups, employee):
        entries += [
            Entry("admin", "Medewerkers", "accounts:employee_list"),
            Entry("work", "Tweede", "core:start", order=20),
            Entry("work", "Eerste", "core:start", order=10),
        ]

        assert groups(employee) == [("", ["Eerste", "Tweede"]), ("Beheer", ["Medewerkers"])]

    def test_hide_what_the_employee_may_not_open(self, entries, groups, employee, admin):
        entries.append(Entry("admin", "Medewerkers", "accounts:employee_list", "accounts.change_employee"))

        assert groups(employee) == []
        assert groups(admin) == [("Beheer", ["Medewerkers"])]

    def test_show_what_one_of_several_rights_opens(self, entries, groups, employee):
        entries.append(Entry("work", "Relaties", "core:start", ("relations.erase_relation", "relations.view_relation")))

        assert groups(employee) == [("", ["Relaties"])]

    def test_mark_the_page_one_is_on(self, entries, rf, admin):
        entries += [Entry("work", "Start", "core:start"), Entry("admin", "Medewerkers", "accounts:employee_list")]
        request = rf.get("/beheer/medewerkers/")
        request.user = admin

        current = [
            entry["label"] for _title, shown in navigation.groups(request) for entry in shown if entry["current"]
        ]

        assert current == ["Medewerkers"]
