"""What the pages of archiving, restoring and erasing have in common: who may, which state, what it comes to."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from archiving import mentions, policies
from archiving.acts.beginning import permission
from archiving.forms import answer_name
from archiving.plans.plan import Act, Plan
from archiving.views import naming, solving, wording
from archiving.views.differences import differences, snapshot
from crm.jobs.operations import reason_of


def may(*acts):
    """Lets in who has the right to any of `acts`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.has_perm(permission(act)) for act in acts):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def has_drifted(request, plan):
    """Whether the form that was sent showed another state of affairs (B2)."""
    return request.POST.get("expected") != plan.hash


def starting_values(request, plan):
    """Says which state the page shows; what was typed and chosen stays, ticks of consent must be given anew."""
    chosen = [
        "reason",
        "note",
        "all_files",
        *(answer_name(question) for question in plan.questions if question.kind != "tick"),
    ]
    values = {name: request.POST[name] for name in chosen if name in request.POST}
    return {"expected": plan.hash, "shown": snapshot(plan), "keep_files": request.POST.getlist("keep_files"), **values}


def page(request, template, job, plan, form, *, status=200, **context):
    """The confirmation page; with status 409 it says what differs from what was shown before."""
    drifted = status == 409
    subjects, blocked = naming.first(job, plan), naming.first_blocked(job, plan)
    context |= {
        "job": job,
        "plan": plan,
        "form": form,
        "heading": wording.heading(plan, subjects),
        "verdict": wording.verdict(plan),
        "button": wording.button(plan),
        "cancel": _cancel_url(plan, subjects),
        "drifted": drifted,
        "differences": differences(request.POST.get("shown", ""), plan) if drifted else [],
        "subjects": subjects,
        "more": plan.total - len(subjects),
        "blocked": blocked,
        "more_blocked": plan.cannot - len(blocked),
        "mentions": _mentions(plan, request.user),
        "solved_together": solving.together(job, plan, request.user),
        "obstacles": [(reason_of(job, code), count) for code, count in getattr(plan, "obstacles", {}).items()],
    }
    return render(request, template, context, status=status)


def _mentions(plan, employee):
    """Of a set in which everybody is named; who erases thousands reads no list of filters for them."""
    if plan.kind != Act.ERASE or not isinstance(plan, Plan):
        return []
    return mentions.of(policies.root()._base_manager.filter(pk__in=plan.runnable), employee)


def _cancel_url(plan, subjects):
    """Back to where the act began: the relation's own page, its list, or the archive."""
    if plan.kind != Act.ARCHIVE:
        return reverse("archiving:archived_relation_list")
    if plan.total == 1 and subjects[0].root:
        return subjects[0].root.get_absolute_url()
    return reverse("relations:relation_list")
