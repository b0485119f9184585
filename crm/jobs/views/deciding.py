"""The pages of an operation on a frozen set: ask, show what would happen in true numbers, confirm exactly that (B2)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from crm.core.drift import Drifted
from crm.jobs import settling
from crm.jobs.models import ItemState, JobItem
from crm.jobs.operations import reason_of
from crm.jobs.views.drafts import own_job

SEEN = re.compile(r"[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}")
NAMED = 20  # relations that are left out, by name on the page


@dataclass(frozen=True)
class Decision:
    """`plan(job, form, by)` gives the settling.Plan; `words(plan, form)` its page's {"button", "answers", "facts"}."""

    operation: str
    form: type
    template: str
    plan: Callable
    words: Callable


def decide(request, pk, decision):
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", job.pk)
    job.operation = decision.operation
    form = decision.form(request.POST if request.method == "POST" else None, job=job, by=request.user)
    if request.method != "POST":
        return _ask(request, job, decision, form)
    if not form.is_valid() or request.POST.get("step") == "change":
        return _ask(request, job, decision, form, status=200 if form.is_valid() else 422)
    if request.POST.get("step") != "confirm":
        return _show(request, job, decision, form, decision.plan(job, form, request.user))
    return _confirm(request, job, decision, form)


def _confirm(request, job, decision, form):
    def make_plan(job):
        return decision.plan(job, form, request.user)

    expected = request.POST.get("expected", "")
    try:
        job = settling.settle(job, decision.operation, make_plan, expected=expected, by=request.user)
    except Drifted as drift:
        return _show(request, job, decision, form, drift.plan, status=409)
    return redirect("jobs:job", job.pk)


def _ask(request, job, decision, form, status=200):
    return render(request, decision.template, {"job": job, "form": form}, status=status)


def _show(request, job, decision, form, plan, status=200):
    """With status 409 it says what differs from what was shown before."""
    context = {
        "job": job,
        "form": form,
        "plan": plan,
        "drifted": status == 409,
        "differences": _differences(request.POST.get("seen", ""), plan) if status == 409 else [],
        "outcomes": _outcomes(plan),
        "seen": "-".join(str(count) for _label, count in _outcomes(plan)),
        "gone": max(0, job.total - sum(plan.counts.values())),
        "reasons": [(reason_of(job, code), count) for code, count in plan.counts.items() if code],
        "left_out": _left_out(job, plan),
        **decision.words(plan, form),
    }
    return render(request, decision.template, context, status=status)


def _outcomes(plan):
    unchanged, skipped = plan.counted(ItemState.UNCHANGED), plan.counted(ItemState.SKIPPED)
    return [(_("will change"), plan.running), (_("already so"), unchanged), (_("skipped"), skipped)]


def _differences(seen, plan):
    """Sentences, from the numbers that the form showed; none when those are not of ours."""
    if not SEEN.fullmatch(seen):
        return []
    pairs = zip(_outcomes(plan), map(int, seen.split("-")), strict=True)
    sentence = _("%(label)s: now %(now)d, it was %(before)d.")
    return [sentence % {"label": label, "now": now, "before": was} for (label, now), was in pairs if now != was]


def _left_out(job, plan):
    """[(relation, why)] of the first that will be skipped."""
    skipped = [code for code, state in plan.states.items() if state == ItemState.SKIPPED]
    keys = plan.verdicts.filter(code__in=skipped).order_by("target_id").values_list("pk", "code")[:NAMED]
    codes = dict(keys)
    items = JobItem.objects.filter(pk__in=codes).select_related("target").order_by("target_id")
    return [(item.target, reason_of(job, codes[item.pk])) for item in items]
