"""Who sees a relation: restricting it, giving access, and what then stands where its name would (issue 3, B3)."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from guardian.shortcuts import assign_perm

from crm.core.refusals import Refusal
from relations.access import actions as access
from relations.models import Relation
from relations.record import history
from relations.sight import seen_by
from tests import factories
from tests.archiving.acting import archive, erase

pytestmark = pytest.mark.django_db


def visible_to(employee):
    return set(Relation.objects.visible_to(employee))


@pytest.fixture
def relation():
    return factories.RelationFactory(name="Notaris Van Dam", number="70001")


@pytest.fixture
def restricted(relation, admin):
    """For one colleague."""
    access.restrict(relation, employees=[factories.EmployeeFactory(name="Ria Bos")], groups=[], by=admin)
    return Relation.objects.get(pk=relation.pk)


def page(relation):
    return reverse("relations:relation_access", args=[relation.pk])


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


class TestVisible:
    def test_is_everything_that_is_not_restricted(self, employee, relation):
        assert visible_to(employee) == {relation}

    def test_is_nothing_restricted_without_access(self, employee, admin, restricted):
        assert visible_to(employee) == visible_to(admin) == visible_to(None) == set()

    def test_is_what_was_given_by_name(self, employee, restricted):
        assign_perm("view_relation", employee, restricted)

        assert visible_to(employee) == {restricted}

    def test_is_what_was_given_to_a_group(self, employee, restricted):
        assign_perm("view_relation", employee.groups.get(), restricted)

        assert visible_to(employee) == {restricted}

    def test_is_not_what_another_right_was_given_to(self, employee, restricted):
        assign_perm("change_relation", employee, restricted)

        assert visible_to(employee) == set()

    def test_task_is_one_of_which_a_relation_is(self, employee, restricted):
        hidden, shared = (factories.TaskLinkFactory(relation=restricted).task for _each in range(2))
        factories.TaskLinkFactory(task=shared)
        loose = factories.TaskFactory()

        assert set(seen_by(employee, type(hidden).objects)) == {shared, loose}

    def test_link_is_one_with_two_ends_that_are(self, employee, restricted):
        factories.RelationLinkFactory(to_relation=restricted)
        other = factories.RelationLinkFactory()

        assert set(seen_by(employee, type(other).objects)) == {other}


class TestMention:
    def test_gives_no_name_to_who_has_no_access(self, employee, restricted):
        assert restricted.name_for(employee) == restricted.label_for(employee) == "Afgeschermde relatie"

    def test_gives_the_name_to_who_has(self, employee, restricted):
        assign_perm("view_relation", employee, restricted)

        assert restricted.name_for(employee) == "Notaris Van Dam"

    def test_of_many_asks_one_query(self, employee, django_assert_num_queries):
        found = factories.RelationFactory.create_batch(30, restricted=True)

        with django_assert_num_queries(1):
            assert {relation.is_seen_by(employee) for relation in found} == {False}

    def test_of_what_is_not_restricted_asks_none(self, employee, relation, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert relation.is_seen_by(employee)


class TestRestricting:
    def test_lets_only_who_was_chosen_see_it(self, relation, admin, employee):
        access.restrict(relation, employees=[employee], groups=[], by=admin)

        assert relation in visible_to(employee)
        assert relation not in visible_to(admin)

    def test_replaces_who_had_access(self, restricted, admin, employee):
        access.restrict(restricted, employees=[], groups=[employee.groups.get()], by=admin)

        assert restricted in visible_to(employee)
        assert not restricted.relationuserpermission_set.exists()

    def test_is_kept_in_the_history(self, relation, admin, employee):
        access.restrict(relation, employees=[employee], groups=[], by=admin)
        access.restrict(relation, employees=[admin], groups=[], by=admin)

        shown = words_of_changes(relation)

        assert shown.count("Toegang gegeven") == 2
        assert shown.count("Toegang ingetrokken") == 1
        assert f"{admin}" in shown

    def test_needs_somebody(self, relation, admin):
        with pytest.raises(Refusal):
            access.restrict(relation, employees=[], groups=[], by=admin)

        assert not Relation.objects.get(pk=relation.pk).restricted

    def test_is_for_administrators(self, relation, employee):
        with pytest.raises(PermissionDenied):
            access.restrict(relation, employees=[employee], groups=[], by=employee)

    def test_waits_until_an_archived_one_is_restored(self, relation, admin):
        archive(relation, by=admin)

        with pytest.raises(Refusal):
            access.restrict(relation, employees=[admin], groups=[], by=admin)

    def test_gives_access_to_an_archived_one(self, relation, admin, employee):
        access.restrict(relation, employees=[admin], groups=[], by=admin)
        archive(relation, by=admin)

        access.restrict(relation, employees=[admin, employee], groups=[], by=admin)

        assert relation in visible_to(employee)

    def test_ends_with_showing_it_to_everybody(self, restricted, admin, employee):
        access.open_to_all(restricted, by=admin)

        assert restricted in visible_to(employee)
        assert not restricted.relationuserpermission_set.exists()

    def test_ends_with_erasing(self, relation, admin, employee):
        access.restrict(relation, employees=[admin], groups=[], by=admin)
        factories.InvoiceFactory(relation=relation, settled=True)
        archive(relation, by=admin)
        assert erase(relation, by=admin).done

        left = Relation.objects.get(pk=relation.pk)

        assert left.name_for(employee) == "Verwijderd"
        assert not left.relationuserpermission_set.exists()
        assert not left.relationuserpermission_set.model.history.filter(content_object=left).exists()


def words_of_changes(relation):
    told = history.changes(relation.history, relation)
    return " ".join(f"{change.title} {change.note} {change.by}" for change in told)


class TestThePage:
    def test_restricts_to_who_is_ticked(self, as_admin, admin, relation, employee):
        as_admin.post(page(relation), {"employees": [employee.pk]})

        assert relation in visible_to(employee)
        assert relation not in visible_to(admin)

    def test_proposes_the_manager_and_who_restricts(self, as_admin, admin, employee):
        relation = factories.RelationFactory(manager=employee)

        form = as_admin.get(page(relation)).context["form"]

        assert form.initial["employees"] == [employee, admin]

    def test_refuses_nobody(self, as_admin, relation):
        answer = as_admin.post(page(relation), {})

        assert answer.status_code == 422
        assert "iemand moet de relatie kunnen zien" in words(answer)

    def test_refuses_only_who_left(self, as_admin, relation):
        gone = factories.EmployeeFactory(is_active=False)
        assign_perm("view_relation", gone, relation)

        assert as_admin.post(page(relation), {"employees": [gone.pk]}).status_code == 422

    def test_does_not_undo_what_another_administrator_gave_meanwhile(self, as_admin, restricted, employee, admin):
        seen = as_admin.get(page(restricted)).context["form"]["seen"].value()
        other = factories.EmployeeFactory(name="Anneke Post")
        access.restrict(restricted, employees=[employee, other], groups=[], by=admin)

        answer = as_admin.post(page(restricted), {"employees": [employee.pk], "seen": seen})

        assert answer.status_code == 409
        assert "Anneke Post" in answer.context["form"].non_field_errors()[0]
        assert restricted.is_seen_by(other)

    def test_is_found_by_number_without_access(self, as_admin, restricted):
        shown, listed = words(as_admin.get(page(restricted))), words(as_admin.get("/beheer/afgeschermde-relaties/"))

        for text in (shown, listed):
            assert "70001" in text
            assert "Notaris" not in text
        assert "Ria Bos" in listed

    def test_opens_it_again(self, as_admin, restricted, employee):
        as_admin.post(page(restricted), {"open": "1"})

        assert restricted in visible_to(employee)

    def test_lists_as_many_queries_for_many(self, as_admin, django_assert_max_num_queries):
        counts = []
        for _round in range(2):
            for relation in factories.RelationFactory.create_batch(5, restricted=True):
                assign_perm("view_relation", factories.EmployeeFactory(), relation)
            with django_assert_max_num_queries(30) as found:
                assert as_admin.get("/beheer/afgeschermde-relaties/").status_code == 200
            counts.append(len(found))

        assert counts[0] == counts[1]


class TestSearching:
    """What a picker or a list finds is no way round."""

    def test_finds_nothing_by_name_or_number(self, as_employee, restricted):
        for text in ("Notaris", "70001"):
            assert restricted.name not in words(as_employee.get(f"/relaties/?q={text}&status=client"))
            assert b"70001 " not in as_employee.get(f"/relaties/suggesties/?relation={text}").content

    def test_finds_it_with_access(self, as_employee, employee, restricted):
        assign_perm("view_relation", employee, restricted)

        assert restricted.name in words(as_employee.get("/relaties/?q=Notaris"))

    def test_lets_a_form_choose_nothing_withheld(self, as_employee, restricted):
        other = factories.RelationFactory()
        form = as_employee.get(reverse("relations:relation_edit", args=[other.pk])).context["form"]

        sent = {name: form[name].value() or "" for name in form.fields} | {"invoice_debtor": "70001", "tags": []}
        answer = as_employee.post(reverse("relations:relation_edit", args=[other.pk]), sent)

        assert answer.status_code == 422
        assert "invoice_debtor" in answer.context["form"].errors

    def test_lets_a_form_keep_a_debtor_that_is_withheld(self, as_employee, restricted):
        other = factories.RelationFactory(invoice_debtor=restricted)
        url = reverse("relations:relation_edit", args=[other.pk])
        form = as_employee.get(url).context["form"]
        shown = {name: form[name].value() or "" for name in form.fields}

        sent = shown | {"invoice_debtor": "Afgeschermde relatie", "city": "Zeist", "tags": []}
        answer = as_employee.post(url, sent)

        assert answer.status_code == 302
        assert Relation.objects.get(pk=other.pk).invoice_debtor == restricted
