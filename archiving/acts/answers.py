"""Answers to the questions of a plan: all that must be given are given, and they can be carried out."""

from archiving import policies
from archiving.plans.plan import Unanswered


def checked(plan, answers):
    """`answers` ({question key: value}) when they suffice for `plan`; raises Unanswered for the first that does not."""
    answers = dict(answers or {})
    for question in plan.questions:
        given = answers.get(question.key)
        if (question.required or given) and not _is_answer(question, given, plan):
            raise Unanswered(question)
    return answers


def _is_answer(question, given, plan):
    match question.kind:
        case "tick":
            return given is True
        case "community":
            return given in ("keep", "delete")
        case "relation":  # an active relation that is not being archived itself (R76)
            active = policies.root().objects.active().select_for_update(no_key=True)  # and stays so until we are done
            return given not in plan.root_ids and active.filter(pk=given).first() is not None
    return bool(given)
