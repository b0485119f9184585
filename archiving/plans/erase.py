"""What erasing would do: per relation really deleted or anonymised, and why (R86-R91); per kind what goes and stays."""

from collections import Counter, defaultdict

from django.conf import settings
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans.archive_and_restore import community_question, effect_of, totals_of
from archiving.plans.blocking import blockers
from archiving.plans.plan import Act, Effect, FileFound, Plan, Question, RetentionVerdict, Verb
from archiving.policies import Anonymise, ByChoice, Delete, Stage, Unlink
from archiving.reach import among, any_of, orphans_of, rows_of, tally
from archiving.retention import years_after

DELETE, ANONYMISE = "delete", "anonymise"
VERBS = {Delete: Verb.DELETED, Anonymise: Verb.SCRUBBED, Unlink: Verb.UNLINKED, ByChoice: Verb.SCRUBBED}


def plan_erase(root_ids):
    root_ids = tuple(sorted(set(root_ids)))
    blocked = blockers(root_ids, Stage.ERASE)
    runnable = tuple(pk for pk in root_ids if pk not in blocked)
    reasons, told = reasons_to_keep(runnable), sentences()
    return Plan(
        kind=Act.ERASE,
        root_ids=root_ids,
        runnable=runnable,
        blocked=blocked,
        modes={pk: ANONYMISE if pk in reasons else DELETE for pk in runnable},
        kept_because={pk: [told[code] for code in sorted(codes)] for pk, codes in reasons.items()},
        files=_files(runnable),
        **consequences_of_erasing(
            runnable,
            kept=[pk for pk in runnable if pk in reasons],
            gone=[pk for pk in runnable if pk not in reasons],
        ),
    )


def consequences_of_erasing(roots, *, kept, gone):
    """{"effects", "questions", "retention"} of erasing `roots`: those that are anonymised and those really deleted.

    Each is a list of keys, or a QuerySet of keys.
    """
    retention = _retention(roots)
    return {
        "effects": _effects(roots, kept, gone),
        "questions": _questions(roots, retention),
        "retention": retention,
    }


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
    for code, rows, path in rows_to_keep(root_ids):
        for root_id in rows.order_by().values_list(path, flat=True).distinct():
            found[root_id].add(code)
    return dict(found)


def rows_to_keep(roots):
    """(code, rows, path from those to the relations that can only be anonymised because of them) a rule."""
    for policy in policies.policies():
        for code, when in policy.hard_delete_blockers.items():
            yield code, rows_of(policy, roots).filter(when), policy.paths[0]
        for reference in policy.references:
            yield "REFERENCE", _naming(policy, reference, roots), reference.field


def _naming(policy, reference, roots):
    """Rows of somebody else that name one of them."""
    rows = policy.model._base_manager.filter(**{f"{reference.field}__in": among(roots)})
    if not policy.is_root:
        rows = rows.exclude(**{policy.paths[0]: F(reference.field)})
    return rows


def _effects(roots, kept, gone):
    """One line per kind and what happens to it; numbers from one query, totals from one a kind."""
    counted = {}
    for policy in policies.policies():
        counted |= _counted(policy, roots, kept, gone)
    totals = {policy: totals_of(policy, kept) for policy in policies.policies()} if any_of(kept) else {}
    lines = Counter()
    for (policy, verb, _part), count in tally(counted).items():
        lines[policy, verb] += count
    return [
        effect_of(policy, count, verb, totals.get(policy, {}) if verb == Verb.SCRUBBED else {})
        for (policy, verb), count in lines.items()
        if count and policy.told
    ] + _history_effect(roots)


def _counted(policy, roots, kept, gone):
    """{(policy, verb, part): rows}"""
    if policy.is_root:
        return {(policy, Verb.REWRITTEN, 0): rows_of(policy, kept), (policy, Verb.DELETED, 1): rows_of(policy, gone)}
    if policy.orphans:
        return {(policy, VERBS[type(policy.orphans.rule)], 0): orphans_of(policy, roots)}
    counted = {}
    for part, rule in enumerate(policy.erase):
        when = getattr(rule, "when", None)
        rows = rows_of(policy, kept)
        counted[policy, VERBS[type(rule)], part] = rows.filter(when) if when else rows
    unlinked = [rule for rule in policy.erase if isinstance(rule, Unlink)]
    if not unlinked:
        counted[policy, Verb.DELETED, "all"] = rows_of(policy, gone)
    everybody = among(roots)
    for reference in policy.references:
        if reference.scrub:  # of somebody else, but telling who it is
            others = policy.model._base_manager.exclude(**{f"{policy.paths[0]}__in": everybody})
            counted[policy, Verb.SCRUBBED, reference.field] = others.filter(**{f"{reference.field}__in": everybody})
    return counted


def _history_effect(roots):
    """Rows of history of the relations themselves and of what is theirs."""
    histories = {}
    for policy in policies.policies():
        if policy.history and not policy.orphans:
            rows = rows_of(policy, roots).order_by().values("pk")
            histories[policy] = policy.history.objects.filter(**{f"{policy.model._meta.pk.name}__in": rows})
    count = sum(tally(histories).values())
    return [Effect(_("Change history"), count, Verb.DELETED)] if count else []


def _files(root_ids):
    """Own uploads in dossiers, for which the person chooses (R28, R29, R92)."""
    found = []
    for policy, rows, name in _uploads(root_ids):
        uploads = rows.order_by("pk").values_list("pk", policy.paths[0], "title", name)
        found += [FileFound(*upload) for upload in uploads]
    return found


def file_count(roots):
    return sum(tally({(policy, name): rows for policy, rows, name in _uploads(roots)}).values())


def _uploads(roots):
    for policy in policies.policies():
        for rule in policy.erase:
            for name in getattr(rule, "optional_files", ()):
                yield policy, rows_of(policy, roots).exclude(**{name: ""}), name


def _retention(roots):
    """What the law still keeps, and until when (1F): the latest date per kind."""
    verdicts = []
    for policy in policies.policies():
        if rule := policy.retention:
            last = rows_of(policy, roots).aggregate(last=Max(rule.since))["last"]
            if last and (until := years_after(last, settings.RETENTION_YEARS[rule.years])) > timezone.localdate():
                verdicts.append(RetentionVerdict(str(rule.sentence), until))
    return verdicts


def _questions(roots, retention):
    questions = []
    if retention:
        sentence = _("The legal retention period has not passed yet: erase anyway")
        questions.append(Question("retention", "tick", sentence, len(retention)))
    for policy in policies.policies():
        asks = any(isinstance(rule, ByChoice) for rule in policy.erase)
        if asks and (count := rows_of(policy, roots).count()):
            questions.append(community_question(count))
    return questions
