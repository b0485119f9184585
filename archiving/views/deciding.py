"""One page for every act: show what it would do, and on confirmation carry out exactly what was shown (B2)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import redirect

from archiving.acts import proposals
from archiving.plans import showing as previewing
from archiving.plans.plan import Act
from archiving.views import confirming, results
from crm.core.drift import Drifted
from crm.jobs.views.drafts import own_job


@dataclass(frozen=True)
class Decision:
    """What differs between archiving, restoring and erasing."""

    act: Act
    template: str
    form: Callable  # (job, plan, [what was sent], **options) → PlanForm
    context: Callable  # (plan, form) → what the template draws


def decide(request, pk, decision):
    job = own_job(request, pk)
    plan = previewing.preview(job, decision.act, anew=request.method == "POST")
    if plan is None:
        return results.answer(request, job)
    if request.method != "POST":
        return _ask(request, job, plan, decision)
    if "again" in request.POST:  # count a large set once more
        return redirect(request.path)
    if confirming.has_drifted(request, plan):
        return _ask(request, job, plan, decision, status=409)
    form = decision.form(job, plan, request.POST)
    if not form.is_valid():
        return _ask(request, job, plan, decision, form, status=422)
    return _carry_out(request, job, form, decision)


def _carry_out(request, job, form, decision):
    try:
        job = proposals.confirm(job, form.plan, form.parameters, by=request.user)
    except Drifted:
        plan = previewing.preview(job, decision.act, anew=True)
        return _ask(request, job, plan, decision, status=409) if plan else results.answer(request, job)
    return results.answer(request, job)


def _ask(request, job, plan, decision, form=None, *, status=200):
    form = form or decision.form(job, plan, initial=confirming.starting_values(request, plan))
    context = decision.context(plan, form)
    return confirming.page(request, decision.template, job, plan, form, status=status, **context)
