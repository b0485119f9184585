"""What an act would do, with true numbers: shown before, computed again inside the act, compared by hash (B2)."""

from collections import Counter

from django.apps import apps
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archiving import policies
from archiving.models import ArchivalChange
from archiving.plans.blocking import blockers
from archiving.plans.plan import Act, Effect, Finding, Plan, Question, Verb
from archiving.policies import EndOn, Reassign, Stage, Stop, With
from archiving.reach import among, rows_of, tally


def plan_archive(root_ids):
    root_ids = tuple(sorted(set(root_ids)))
    blocked = blockers(root_ids, Stage.ARCHIVE)
    runnable = tuple(pk for pk in root_ids if pk not in blocked)
    return Plan(
        kind=Act.ARCHIVE, root_ids=root_ids, runnable=runnable, blocked=blocked, **consequences_of_archiving(runnable)
    )


def consequences_of_archiving(roots):
    """{"effects", "questions"} of archiving `roots`: keys, or a QuerySet of keys."""
    touched = {policy: archived_rows(policy, roots) for policy in policies.policies() if not policy.is_root}
    counts = tally(touched)
    return {
        "effects": [effect_of(p, count, _archive_verb(p)) for p, count in counts.items() if count and p.told],
        "questions": _archive_questions(roots, counts),
    }


def plan_restore(root_ids):
    root_ids = tuple(sorted(set(root_ids)))
    acts = acts_of(root_ids)
    blocked = what_keeps_archived(root_ids, acts)
    acts = {pk: act for pk, act in acts.items() if pk not in blocked}
    return Plan(
        kind=Act.RESTORE,
        root_ids=root_ids,
        runnable=tuple(pk for pk in root_ids if pk in acts),
        blocked=blocked,
        **consequences_of_restoring(acts.keys(), acts.values()),
    )


def what_keeps_archived(root_ids, acts=None):
    """{root id: [Finding]} of those that cannot be restored now."""
    acts = acts_of(root_ids) if acts is None else acts
    gone = _("is not in the archive any more")
    found = {pk: [Finding("NOT_ARCHIVED", pk, 1, gone)] for pk in root_ids if pk not in acts}
    remaining = set(acts)
    while waiting := _waiting_for_another(remaining):  # whoever waits keeps those waiting that name it
        found |= waiting
        remaining -= waiting.keys()
    return found


def consequences_of_restoring(roots, acts):
    """{"effects"} of undoing `acts`, those that archived `roots`: keys, or QuerySets of keys."""
    archived = [policy for policy in policies.policies() if isinstance(policy.archive, With)]
    counts = tally({policy: restored_rows(policy, roots, acts) for policy in archived if not policy.is_root})
    effects = [effect_of(policy, count, Verb.RESTORED) for policy, count in counts.items() if count]
    return {"effects": [*effects, *_values_put_back(acts)]}


def _waiting_for_another(root_ids):
    found = {}
    for field, waiting in naming_an_archived_one(root_ids):
        for pk, other_pk, number in waiting.values_list("pk", field, f"{field}__number"):
            sentence = _("the invoice debtor %(number)s is archived: restore that relation first, or together")
            url = reverse(f"{policies.root()._meta.app_label}:{policies.root()._meta.model_name}", args=[other_pk])
            found[pk] = [Finding("DEBTOR_ARCHIVED", pk, 1, sentence % {"number": number}, url)]
    return found


def naming_an_archived_one(root_ids):
    """(field, relations) that name an archived one outside the set, as their debtor: that one comes first (R7)."""
    for reference in policies.policy_of(policies.root()).references:
        other = reference.field
        naming = policies.root()._base_manager.filter(pk__in=among(root_ids), **{f"{other}__erasure": None})
        naming = naming.exclude(**{other: None}).exclude(**{f"{other}__archival": None})
        yield other, naming.exclude(**{f"{other}__in": among(root_ids)}).order_by()


def acts_of(root_ids):
    """{root id: id of the act that archived it} of those that are in the archive now."""
    states = policies.root()._base_manager.filter(pk__in=root_ids, erasure=None).exclude(archival=None)
    return dict(states.values_list("pk", "archival"))


def archived_rows(policy, root_ids):
    """Rows that archiving `root_ids` takes along, changes or leaves, as their policy says."""
    match policy.archive:
        case With():
            return rows_of(policy, root_ids).filter(archival=None)
        case Stop(field=name) | EndOn(field=name):
            return rows_of(policy, root_ids).filter(**{name: None})
        case Reassign(field=name, when=when):
            return rows_of(policy, root_ids, path=name).filter(when)
        case _:
            return rows_of(policy, root_ids)


def restored_rows(policy, roots, acts):
    """Rows of `roots` that `acts` took along; one between two relations waits for the other (R11)."""
    rows = rows_of(policy, roots).filter(archival__in=among(acts))
    for path in policy.paths if len(policy.paths) > 1 else ():
        rows = rows.filter(Q(**{f"{path}__archival": None}) | Q(**{f"{path}__in": among(roots)}))
    return rows


def _values_put_back(acts):
    """One effect a kind of row that gets a value back: a mandate that runs again, a document with its owner (R73)."""
    changes = ArchivalChange.objects.filter(archival__in=among(acts)).order_by("model")
    for label, count in changes.values_list("model").annotate(Count("object_id", distinct=True)):
        yield effect_of(policies.policy_of(apps.get_model(label)), count, Verb.RESTORED)


def effect_of(policy, count, verb, totals=None):
    return Effect(capfirst(policy.model._meta.verbose_name_plural), count, verb, totals or {})


def _archive_verb(policy):
    match policy.archive:
        case With(choice=choice):
            return Verb.CHOSEN if choice else Verb.ARCHIVED
        case Stop():
            return Verb.STOPPED
        case EndOn():
            return Verb.ENDED
        case Reassign():
            return Verb.REASSIGNED
    return Verb.STAYS


def _archive_questions(runnable, counts):
    questions = [question for policy in counts for question in _acknowledgements(policy, runnable)]
    per_rule = Counter()  # posts and reactions ask the same question, once
    for policy, count in counts.items():
        per_rule[policy.archive] += count
    return questions + [asked for rule, count in per_rule.items() if count and (asked := _question(rule, count))]


def _acknowledgements(policy, runnable):
    for acknowledge in policy.acknowledge:
        if count := rows_of(policy, runnable).filter(acknowledge.when).count():
            yield Question(acknowledge.code, "tick", acknowledge.sentence % {"count": count}, count)


def _question(rule, count):
    match rule:
        case With(choice="community"):
            return community_question(count)
        case EndOn(question=key):
            sentence = _("End date of the function assignments that still run")
            return Question(key, "date", sentence, count, required=False)
        case Reassign(question=key):
            sentence = ngettext(
                "New owner of %(count)d document at another relation",
                "New owner of %(count)d documents at other relations",
                count,
            )
            return Question(key, "relation", sentence % {"count": count}, count)
    return None


def community_question(count):
    sentence = _("Community messages, likes and replies: keep or remove")
    return Question("community", "community", sentence, count)


def totals_of(policy, root_ids):
    """{"hours" or "money": what stays} for the preview of erasing."""
    if not policy.totals:
        return {}
    sums = rows_of(policy, root_ids).aggregate(**{unit: Sum(field) for field, unit in policy.totals.items()})
    return {unit: amount for unit, amount in sums.items() if amount}
