"""Any sequence of archiving, restoring and editing over linked relations: restoring gives back what was taken."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from relations.models import Contact, Note, Relation, RelationLink
from tests import factories
from tests.archiving.acting import archive, erase, restore

RELATIONS = 4
numbers = st.integers(0, RELATIONS - 1)


class LifecycleMachine(RuleBasedStateMachine):
    """The model beside the database: which relations are active, archived or erased, and what each act took."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.admin = factories.AdminFactory()
        self.relations = [factories.RelationFactory() for _ in range(RELATIONS)]
        for relation in self.relations:
            factories.InvoiceFactory(relation=relation, settled=True)  # so that the row of an erased one stays
        for first in self.relations:
            for second in self.relations:
                if first != second:
                    factories.RelationLinkFactory(from_relation=first, to_relation=second)
        self.state = dict.fromkeys(range(RELATIONS), "active")
        self.contacts = dict.fromkeys(range(RELATIONS), 0)
        self.notes_taken_before = dict.fromkeys(range(RELATIONS), 0)

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(number=numbers)
    def add_a_contact(self, number):
        if self.state[number] == "active":
            factories.ContactFactory(relation=self.relations[number])
            self.contacts[number] += 1

    @rule(number=numbers)
    def archive_a_note_by_hand(self, number):
        if self.state[number] == "active":
            factories.NoteFactory(relation=self.relations[number], archived=True)
            self.notes_taken_before[number] += 1

    @rule(chosen=st.sets(numbers, min_size=1))
    def archive(self, chosen):
        outcome = archive(*[self.relations[number] for number in chosen], by=self.admin)
        expected = [number for number in chosen if self.state[number] == "active"]
        assert sorted(outcome.done) == sorted(self.relations[number].pk for number in expected)
        self.state |= dict.fromkeys(expected, "archived")

    @rule(chosen=st.sets(numbers, min_size=1))
    def restore(self, chosen):
        outcome = restore(*[self.relations[number] for number in chosen], by=self.admin)
        expected = [number for number in chosen if self.state[number] == "archived"]
        assert sorted(outcome.done) == sorted(self.relations[number].pk for number in expected)
        self.state |= dict.fromkeys(expected, "active")

    @precondition(lambda self: list(self.state.values()).count("erased") < 2)
    @rule(number=numbers)
    def erase(self, number):
        outcome = erase(self.relations[number], by=self.admin)
        if self.state[number] == "archived":
            assert outcome.done
            self.state[number] = "erased"
            self.contacts[number] = self.notes_taken_before[number] = 0
        else:
            assert not outcome.done

    @invariant()
    def relations_are_where_they_should_be(self):
        rows = dict(Relation.objects.values_list("pk", "archival"))
        for number, relation in enumerate(self.relations):
            assert (rows[relation.pk] is None) is (self.state[number] == "active")

    @invariant()
    def contacts_are_exactly_as_active_as_their_relation(self):
        for number, relation in enumerate(self.relations):
            contacts = Contact.objects.filter(relation=relation)
            assert contacts.count() == self.contacts[number]
            assert contacts.active().count() == (self.contacts[number] if self.state[number] == "active" else 0)

    @invariant()
    def what_was_archived_by_hand_stays_archived(self):
        for number, relation in enumerate(self.relations):
            notes = Note.objects.filter(relation=relation)
            assert (notes.count(), notes.active().count()) == (self.notes_taken_before[number], 0)

    @invariant()
    def links_are_active_exactly_when_both_ends_are(self):
        state = {relation.pk: self.state[number] for number, relation in enumerate(self.relations)}
        for first, second, act in RelationLink.objects.values_list("from_relation", "to_relation", "archival"):
            assert "erased" not in (state[first], state[second])
            assert (act is None) is (state[first] == state[second] == "active")


@pytest.mark.slow
@pytest.mark.django_db
def test_any_sequence_of_acts_ends_where_it_should():
    """R1, R11, R22"""
    run_state_machine_as_test(
        LifecycleMachine,
        settings=settings(
            max_examples=20, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
