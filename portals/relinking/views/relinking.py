"""Relinking one contractant: choose the new relation, look, confirm; and the page where it is undone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.drift import Drifted
from crm.core.refusals import Refusal
from portals.contractants import actions as contractants
from portals.contractants.dependencies import FEATURES
from portals.models import Contractant, Relinking
from portals.relinking import relinking
from portals.relinking import undoing as undoing_relinking
from portals.relinking.forms import NewRelationForm
from portals.relinking.planning import PROBLEMS, Move, plan
from portals.relinking.presenting import differences, named, relation_of, sights, snapshot, staying
from portals.relinking.undoing import REASONS, undo_plan
from relations.pickers import chosen_by
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def relink(request, pk):
    """`naar` in the address is the key of the new relation; without it, it is still to be chosen."""
    record = get_object_or_404(Contractant, pk=pk)
    _refuse_withheld(record, request.user)
    if request.method == "POST":
        return _confirm(request, record) if "naar" in request.POST else _choose(request, record)
    if "naar" not in request.GET:
        return _page(request, record, NewRelationForm())
    return _preview(request, record, _relation(request.GET["naar"], request.user))


def _refuse_withheld(record, employee):
    """What would move is of the relation that has it now."""
    linked = contractants.linked_subscription(record)
    if linked and not linked.relation.is_seen_by(employee):
        raise Refusal(_("This contractant is linked to a restricted relation: ask somebody with access."), status=403)


def _choose(request, record):
    form = NewRelationForm(request.POST)
    chosen_by(request.user, form)
    if not form.is_valid():
        return _page(request, record, form, status=422)
    url = reverse("portals:relink", args=[record.pk])
    return redirect(f"{url}?naar={form.cleaned_data['relation'].pk}")


def _confirm(request, record):
    relation = _relation(request.POST["naar"], request.user)
    try:
        done = relinking.relink(
            contractant=record, relation=relation, expected=request.POST.get("expected", ""), by=request.user
        )
    except Drifted as refusal:
        shown = differences(request.POST.get("shown", ""), refusal.plan)
        return _preview(request, record, relation, status=refusal.status, drifted=True, differences=shown)
    messages.success(request, _("The contractant has been relinked."))
    return redirect("portals:relinking", done.pk)


def _preview(request, record, relation, status=200, **context):
    planned = plan(Move(record.pk, relation.pk))
    if planned.problem:
        context["problem"] = f"{capfirst(PROBLEMS[planned.problem])}."
    else:
        context["before"], context["after"] = sights(planned)
        context["conversations"], context["accounts"] = staying(planned)
    context |= {"plan": planned, "shown": snapshot(planned), "features": FEATURES}
    form = NewRelationForm(initial={"relation": relation})
    chosen_by(request.user, form)
    return _page(request, record, form, status=status, **context)


def _page(request, record, form, status=200, **context):
    context |= {"contractant": record, "linked": contractants.linked_subscription(record), "form": form}
    return render(request, "portals/relinking/relink.html", context, status=status)


def _relation(text, employee):
    found = relation_of(text, employee)
    if found is None:
        raise Http404
    return found


@require_safe
@may_view
def relinking_page(request, pk):
    """What moved, by whom and when; what undoing would put back, or did not put back."""
    record = _relinking(request, pk)
    can_undo = request.user.has_perm(CHANGE) and not record.is_undone
    planned = undo_plan(record) if can_undo else None
    left = planned.left if planned else record.left
    context = {
        "relinking": record,
        "moved": named(record.tasks),
        "undo": planned,
        "link_left": REASONS.get(left.get("link")),
        "tasks_left": _tasks_left(left),
    }
    return render(request, "portals/relinking/relinking.html", context)


@require_POST
@may_change
def relinking_undo(request, pk):
    undone = undoing_relinking.undo(_relinking(request, pk), by=request.user)
    if undone.left:
        messages.warning(request, _("What nobody changed since has been put back; the rest is named below."))
    else:
        messages.success(request, _("Everything has been put back."))
    return redirect("portals:relinking", pk)


def _relinking(request, pk):
    ends = ("old_relation", "new_relation")
    rows = Relinking.objects.select_related("contractant", "by", "undone_by", *ends)
    return get_seen_or_404(request.user, rows, pk=pk)


def _tasks_left(left):
    """[(task, why)]; of a task that is gone there is nothing to name."""
    reasons = {int(key): reason for key, reason in left.get("tasks", {}).items()}
    return [(task, REASONS[reasons[task.pk]]) for task in named(list(reasons))]
