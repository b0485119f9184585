"""What erasing would do: per relation really deleted or anonymised, and why (R86-R91); per kind what goes and stays."""

from collections import Counter, defaultdict

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from archiving import policies
from archiving.blocking import blockers
from archiving.planning import community_question, effect_of, totals_of
from archiving.plans import Effect, FileFound, Plan, Question, RetentionVerdict, Verb
from archiving.policies import Anonymise, ByChoice, Delete, Stage, Unlink
from archiving.reach import among, orphans_of, rows_of, tally
from archiving.retention import years_after

DELETE, ANONYMISE = "delete", "anonymise"
VERBS = {Delete: Verb.DELETED, Anonymise: Verb.SCRUBBED, Unlink: Verb.UNLINKED, ByChoice: Verb.SCRUBBED}


def plan_erase(root_ids):
    root_ids = tuple(sorted(set(root_ids)))
    blocked = blockers(root_ids, Stage.ERASE)
    runnable = tuple(pk for pk in root_ids if pk not in blocked)
    reasons, told = reasons_to_keep(runnable), sentences()
    retention = _retention(runnable)
    return Plan(
        kind="erase",
        root_ids=root_ids,
        runnable=runnable,
        blocked=blocked,
        modes={pk: ANONYMISE if pk in reasons else DELETE for pk in runnable},
        kept_because={pk: [told[code] for code in sorted(codes)] for pk, codes in reasons.items()},
        effects=_effects(runnable, [pk for pk in runnable if pk not in reasons]),
        files=_files(runnable),
        retention=retention,
        questions=_questions(runnable, retention),
    )


def sentences():
    """What stands in the way of really deleting: the eleven of R91, and being named by somebody else's rows (R36)."""
    return {
        "ACTIVITIES": _("there are activities, appointments, messages or hours"),
        "CONTRACTS": _("there are contracts or agreements"),
        "CONTRACT_INVOICES": _("there are contract invoices"),
        "PROJECTS": _("there are projects"),
        "INVOICES": _("there are invoices"),
        "SENT_MAIL": _("documents were sent by mail"),
        "ORDERS": _("there are orders"),
        "RECEIPTS": _("there are receipts"),
        "REMINDER_FEES": _("there are reminder fees"),
        "RESELLERS": _("there are resellers"),
        "QUOTES": _("there are quotes"),
        "REFERENCE": _("other relations, invoices or documents name this relation"),
    }


def reasons_to_keep(root_ids):
    """{root id: codes} of the relations that can only be anonymised; one query a rule."""
    found = defaultdict(set)
    for policy in policies.policies():
        for code, when in policy.hard_delete_blockers.items():
            rows = rows_of(policy, root_ids).filter(when)
            for root_id in rows.order_by().values_list(policy.paths[0], flat=True).distinct():
                found[root_id].add(code)
        for reference in policy.references:
            for root_id in _named_in(policy, reference, root_ids):
                found[root_id].add("REFERENCE")
    return dict(found)


def _named_in(policy, reference, root_ids):
    """Relations that a row of somebody else names."""
    rows = policy.model._base_manager.filter(**{f"{reference.field}__in": among(root_ids)})
    if not policy.is_root:
        rows = rows.exclude(**{policy.paths[0]: F(reference.field)})
    return rows.order_by().values_list(reference.field, flat=True).distinct()


def _effects(root_ids, really_deleted):
    """One line per kind and what happens to it; numbers from one query, totals from one a kind."""
    kept = [pk for pk in root_ids if pk not in set(really_deleted)]
    counted = {}
    for policy in policies.policies():
        counted |= _counted(policy, kept, really_deleted)
    totals = {policy: totals_of(policy, kept) for policy in policies.policies() if kept}
    lines = Counter()
    for (policy, verb, _part), count in tally(counted).items():
        lines[policy, verb] += count
    return [
        effect_of(policy, count, verb, totals.get(policy, {}) if verb == Verb.SCRUBBED else {})
        for (policy, verb), count in lines.items()
        if count and policy.told
    ] + _history_effect(root_ids)


def _counted(policy, kept, really_deleted):
    """{(policy, verb, part): rows}"""
    if policy.is_root:
        return {
            (policy, Verb.REWRITTEN, 0): rows_of(policy, kept),
            (policy, Verb.DELETED, 1): rows_of(policy, really_deleted),
        }
    if policy.orphans:
        everybody = [*kept, *really_deleted]
        return {(policy, VERBS[type(policy.orphans.rule)], 0): orphans_of(policy, everybody)}
    counted = {}
    for part, rule in enumerate(policy.erase):
        when = getattr(rule, "when", None)
        rows = rows_of(policy, kept)
        counted[policy, VERBS[type(rule)], part] = rows.filter(when) if when else rows
    unlinked = [rule for rule in policy.erase if isinstance(rule, Unlink)]
    if not unlinked:
        counted[policy, Verb.DELETED, "all"] = rows_of(policy, really_deleted)
    everybody = among([*kept, *really_deleted])
    for reference in policy.references:
        if reference.scrub:  # of somebody else, but telling who it is
            others = policy.model._base_manager.exclude(**{f"{policy.paths[0]}__in": everybody})
            counted[policy, Verb.SCRUBBED, reference.field] = others.filter(**{f"{reference.field}__in": everybody})
    return counted


def _history_effect(root_ids):
    """Rows of history of the relations themselves and of what is theirs."""
    histories = {}
    for policy in policies.policies():
        if policy.history and not policy.orphans:
            rows = rows_of(policy, root_ids).order_by().values("pk")
            histories[policy] = policy.history.objects.filter(**{f"{policy.model._meta.pk.name}__in": rows})
    count = sum(tally(histories).values())
    return [Effect(_("Change history"), count, Verb.DELETED)] if count else []


def _files(root_ids):
    """Own uploads in dossiers, for which the person chooses (R28, R29, R92)."""
    found = []
    for policy in policies.policies():
        for rule in policy.erase:
            for name in getattr(rule, "optional_files", ()):
                rows = rows_of(policy, root_ids).exclude(**{name: ""}).order_by("pk")
                for pk, root_id, title, path in rows.values_list("pk", policy.paths[0], "title", name):
                    found.append(FileFound(pk, root_id, title, path, _size(path)))
    return found


def _size(path):
    try:
        return default_storage.size(path)
    except OSError:
        return None  # a missing file is told as such, it stops nothing


def _retention(root_ids):
    """What the law still keeps, and until when (1F): the latest date per kind."""
    verdicts = []
    for policy in policies.policies():
        if rule := policy.retention:
            last = rows_of(policy, root_ids).aggregate(last=Max(rule.since))["last"]
            if last and (until := years_after(last, settings.RETENTION_YEARS[rule.years])) > timezone.localdate():
                verdicts.append(RetentionVerdict(str(rule.sentence), until))
    return verdicts


def _questions(root_ids, retention):
    questions = []
    if retention:
        sentence = _("The legal retention period has not passed yet: erase anyway")
        questions.append(Question("retention", "tick", sentence, len(retention)))
    for policy in policies.policies():
        asks = any(isinstance(rule, ByChoice) for rule in policy.erase)
        if asks and (count := rows_of(policy, root_ids).count()):
            questions.append(community_question(count))
    return questions
