"""Links between relations, from both sides (R11); what every form has is in test_kept_pages.py."""

import pytest
from django.urls import reverse

from crm.core.refusals import Refusal
from relations.kept import links
from relations.models import LinkKind, RelationLink
from tests.archiving.acting import archive
from tests.factories import RelationFactory, RelationLinkFactory
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


def link(client, relation, side, other):
    return client.post(reverse("relations:link_new", args=[relation.pk]), {"side": side, "other": other.number})


def edit_page(row, relation):
    return reverse("relations:link_edit", args=[row.pk]) + f"?relatie={relation.pk}"


class TestSides:
    @pytest.mark.parametrize(
        ("side", "kind", "is_first"),
        [
            ("parent", LinkKind.PARENT, True),
            ("subsidiary", LinkKind.PARENT, False),
            ("partner", LinkKind.PARTNER, True),
            ("adviser", LinkKind.ADVISER, True),
            ("advised", LinkKind.ADVISER, False),
            ("family", LinkKind.FAMILY, True),
        ],
    )
    def test_say_which_of_the_two_is_what(self, as_employee, side, kind, is_first):
        relation, other = RelationFactory.create_batch(2)

        link(as_employee, relation, side, other)

        row = RelationLink.objects.get()
        assert (row.kind, row.from_relation == relation) == (kind, is_first)
        assert {row.from_relation, row.to_relation} == {relation, other}

    def test_refuse_a_relation_that_is_neither(self, as_employee):
        """B3"""
        assert as_employee.get(edit_page(RelationLinkFactory(), RelationFactory())).status_code == 404

    def test_are_told_from_the_relation_on_whose_page_one_is(self, as_employee):
        row = RelationLinkFactory(kind=LinkKind.PARENT)

        of_parent = as_employee.get(edit_page(row, row.from_relation)).context["form"]
        of_subsidiary = as_employee.get(edit_page(row, row.to_relation)).context["form"]

        assert (of_parent["side"].value(), of_parent["other"].value()) == ("parent", row.to_relation)
        assert (of_subsidiary["side"].value(), of_subsidiary["other"].value()) == ("subsidiary", row.from_relation)

    def test_stay_the_same_when_saved_from_the_other_side(self, as_employee):
        row = RelationLinkFactory(kind=LinkKind.ADVISER)
        url = edit_page(row, row.to_relation)

        answer = as_employee.post(url, sent_by(as_employee.get(url).context["form"], since="2026-01-01"))

        kept = RelationLink.objects.get()
        assert (kept.from_relation, kept.to_relation, kept.kind) == (row.from_relation, row.to_relation, row.kind)
        assert answer.url == reverse("relations:relation_tab", args=[row.to_relation_id, "koppelingen"])

    def test_both_show_the_link(self, as_employee):
        row = RelationLinkFactory()

        for end in (row.from_relation, row.to_relation):
            shown = as_employee.get(reverse("relations:relation_tab", args=[end.pk, "koppelingen"])).content.decode()
            assert edit_page(row, end) in shown


class TestRefusals:
    def test_of_the_relation_itself(self, as_employee):
        relation = RelationFactory()

        answer = link(as_employee, relation, "partner", relation)

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["other"])

    def test_of_an_archived_relation(self, as_employee):
        """R18"""
        answer = link(as_employee, RelationFactory(), "partner", RelationFactory(archived=True))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["other"])

    def test_of_the_same_link_once_more(self, as_employee):
        row = RelationLinkFactory(kind=LinkKind.PARENT)

        assert link(as_employee, row.to_relation, "subsidiary", row.from_relation).status_code == 422

    def test_of_what_is_mutual_the_other_way_round(self, as_employee):
        row = RelationLinkFactory(kind=LinkKind.PARTNER)

        assert link(as_employee, row.to_relation, "partner", row.from_relation).status_code == 422

    def test_come_from_the_act_too_when_somebody_was_first(self, employee):
        row = RelationLinkFactory(kind=LinkKind.PARTNER)
        second = RelationLink(from_relation=row.to_relation, to_relation=row.from_relation, kind=LinkKind.PARTNER)

        with pytest.raises(Refusal):
            links.save_link(second, by=employee)

    def test_of_an_end_that_was_archived_meanwhile(self, employee):
        relation, other = RelationFactory.create_batch(2)
        archive(other, by=employee)

        with pytest.raises(Refusal):
            links.save_link(RelationLink(from_relation=relation, to_relation=other, kind="partner"), by=employee)

    def test_of_another_kind_between_the_same_two_are_none(self, as_employee):
        row = RelationLinkFactory(kind=LinkKind.PARTNER)

        link(as_employee, row.from_relation, "family", row.to_relation)

        assert RelationLink.objects.count() == 2
