"""B8: `manage.py check` fails as soon as an answer is missing, and says what to write where. Tested by taking every
answer away, one by one."""

from dataclasses import fields, replace

import pytest
from django.db import models
from django.test.utils import isolate_apps

from archiving import checks, policies
from archiving.checks import lifecycle_answers
from archiving.policies import Anonymise, ByChoice, Orphans, With
from billing.models import Invoice

POLICIES = policies.policies()


def errors(model):
    return [error for error in lifecycle_answers(None) if error.obj is model]


@pytest.fixture
def registry(monkeypatch):
    """The registry, free to be spoilt."""
    monkeypatch.setattr(policies, "_policies", dict(policies._policies))
    monkeypatch.setattr(policies, "_exempt", dict(policies._exempt))
    return policies


def anonymising_rules():
    """(policy, field name, the policy without an answer for that field)"""
    for policy in POLICIES:
        for rule in policy.erase:
            for spoilt_rule, name in _spoilt(rule):
                erase = tuple(spoilt_rule if each is rule else each for each in policy.erase)
                yield pytest.param(replace(policy, erase=erase), name, id=f"{policy.label}.{name}")


def _spoilt(rule):
    match rule:
        case ByChoice(delete=delete):
            for spoilt, name in _spoilt(delete):
                yield replace(rule, delete=spoilt), name
        case Orphans(rule=inner):
            for spoilt, name in _spoilt(inner):
                yield replace(rule, rule=spoilt), name
        case _:
            yield from _without_one_answer(rule)


def _without_one_answer(rule):
    for answer in fields(rule):
        given = getattr(rule, answer.name)
        if answer.name in ("keep", "values"):
            for name in given:
                yield replace(rule, **{answer.name: {k: v for k, v in given.items() if k != name}}), name
        elif answer.name in ("scrub", "files", "optional_files"):
            for name in given:
                yield replace(rule, **{answer.name: tuple(each for each in given if each != name)}), name


class TestTheAnswersOfTheProduct:
    def test_are_complete(self):
        assert lifecycle_answers(None) == []


class TestAModelWithoutAnAnswer:
    @pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.label)
    def test_fails_and_says_where_to_write(self, policy, registry):
        del registry._policies[policy.model]

        (error,) = [error for error in errors(policy.model) if error.id == "archiving.E001"]

        assert (
            f"{policy.model._meta.app_config.name}/lifecycle.py: register(models.{policy.model.__name__}" in error.hint
        )

    @pytest.mark.parametrize("label", policies.exemptions())
    def test_is_not_excused_without_a_reason(self, label, registry):
        del registry._exempt[label]

        assert any(error.obj._meta.label == label for error in lifecycle_answers(None))

    @isolate_apps("relations")
    def test_fails_without_any_key_to_a_relation(self, monkeypatch):
        """B8: a table of calls may hold a name and a number all the same."""
        meta = type("Meta", (), {"app_label": "relations"})
        call = type("Call", (models.Model,), {"__module__": __name__, "Meta": meta, "text": models.TextField()})
        monkeypatch.setattr(checks, "_models", lambda: [call])

        (error,) = lifecycle_answers(None)

        assert error.id == "archiving.E001"


class TestAFieldWithoutAnAnswer:
    @pytest.mark.parametrize(("spoilt", "name"), list(anonymising_rules()))
    def test_fails_and_names_the_field(self, spoilt, name, registry):
        registry._policies[spoilt.model] = spoilt

        assert any(name in error.msg and "lifecycle.py" in error.hint for error in errors(spoilt.model))


class TestAPathWithoutAnAnswer:
    @pytest.mark.parametrize(
        "policy", [p for p in POLICIES if len(p.paths) > 1 or p.references], ids=lambda policy: policy.label
    )
    def test_fails_for_a_forgotten_reference(self, policy, registry):
        registry._policies[policy.model] = replace(policy, paths=policy.paths[:1], references=())

        assert any(error.id == "archiving.E005" for error in errors(policy.model))

    def test_fails_for_a_path_that_does_not_exist(self, registry):
        policy = POLICIES[1]
        registry._policies[policy.model] = replace(policy, paths=("nowhere",))

        assert any(error.id == "archiving.E003" for error in errors(policy.model))


class TestARuleThatCannotBeCarriedOut:
    def anonymise(self, registry, label, **changes):
        policy = next(p for p in POLICIES if p.label == label)
        rule = next(rule for rule in policy.erase if isinstance(rule, Anonymise))
        registry._policies[policy.model] = replace(policy, erase=(replace(rule, **changes),))
        return [error.msg for error in errors(policy.model)]

    def test_null_on_not_null(self, registry):
        messages = self.anonymise(registry, "billing.TimesheetLine", scrub=("description", "hours"))

        assert any("cannot empty hours" in message for message in messages)

    def test_one_value_on_a_unique_field(self, registry):
        messages = self.anonymise(registry, "billing.Invoice", scrub=("number", "pdf"))

        assert any("the same number on every row" in message for message in messages)

    def test_a_word_too_long_for_its_field(self, registry, monkeypatch):
        monkeypatch.setattr(Invoice._meta.get_field("addressee_name"), "max_length", 5)

        assert any("cannot hold 'verwijderd' in addressee_name" in error.msg for error in errors(Invoice))

    def test_an_answer_for_no_field(self, registry):
        messages = self.anonymise(registry, "billing.Reseller", scrub=("name", "nickname"))

        assert any("nickname, which is no field" in message for message in messages)

    def test_kept_for_no_reason(self, registry):
        messages = self.anonymise(registry, "billing.Reseller", keep={"name": "because"})

        assert any("for no reason of the list" in message for message in messages)

    def test_a_text_kept_as_a_figure(self, registry):
        messages = self.anonymise(registry, "billing.Reseller", keep={"name": policies.AMOUNT}, scrub=())

        assert any("keeps the text of name as amount" in message for message in messages)

    def test_a_key_kept_to_rows_that_go(self, registry):
        messages = self.anonymise(registry, "billing.Quote", keep={"activity": policies.KEY}, scrub=())

        assert any("keeps activity, whose rows are deleted" in message for message in messages)

    @pytest.mark.parametrize(
        ("value", "problem"), [("random", "cannot hold random in number"), ("X", "the same number on every row")]
    )
    def test_a_value_that_does_not_fit(self, value, problem, registry):
        messages = self.anonymise(registry, "billing.Quote", values={"number": value})

        assert any(problem in message for message in messages)

    def test_an_archivable_model_that_nothing_archives(self, registry):
        policy = next(p for p in POLICIES if isinstance(p.archive, With) and not p.is_root)
        registry._policies[policy.model] = replace(policy, archive=policies.Stay())

        assert any("is not archived with its relation" in error.msg for error in errors(policy.model))
