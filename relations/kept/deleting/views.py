"""Deleting one small thing under a relation: what goes along, the advice to keep it, a reason (R98-R106)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.accounts.models import Employee
from crm.accounts.roles import ADMIN_ROLE
from crm.core.drift import Drifted
from crm.core.refusals import Refusal
from relations.keeping import refuse_unless_active
from relations.kept.deleting import deletable, deleting
from relations.kept.deleting.forms import DeletionForm
from relations.models import Relation
from relations.rights import DELETE_SMALL, may_view
from relations.sight import get_seen_or_404

NAMED = 5  # administrators to ask


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def deletion(request, pk, key, row_pk):
    """Of the row `row_pk` of the kind `key` at the relation `pk`."""
    refuse_unless_administrator(request.user)
    kind = deletable.named(key)
    if kind is None:
        raise Http404
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    row = get_seen_or_404(request.user, kind.rows(relation), pk=row_pk)
    refuse_unless_active(relation)
    deleting.refuse_while_needed(kind, row.pk, by=request.user)
    form = DeletionForm(request.POST if request.method == "POST" else None, reasons=kind.reasons)
    if request.method == "POST" and form.is_valid():
        return _delete(request, kind, row, relation, form)
    return _ask(request, kind, row, relation, form, deleting.plan(kind, row.pk))


@require_safe
@may_view
def relation_deletion(request, pk):
    """What to do instead of deleting a relation, and what comes first: it is archived before it is ever erased (R1)."""
    refuse_unless_administrator(request.user)
    record = get_seen_or_404(request.user, Relation.objects, pk=pk)
    refuse_unless_active(record)
    activities = record.activities.filter(archival=None).count()
    return render(request, "relations/kept/deleting/advice.html", {"record": record, "activities": activities})


def refuse_unless_administrator(employee):
    """R103: who may not, is told whom to ask."""
    if employee.has_perm(DELETE_SMALL):
        return
    admins = Employee.objects.active().filter(groups__name=ADMIN_ROLE).order_by("name")
    names = ", ".join(admins.values_list("name", flat=True)[:NAMED])
    sentence = _("Only an administrator may delete. Nothing was changed. Ask: %(names)s.")
    raise Refusal(sentence % {"names": names or _("whoever looks after Archivaris")}, status=403)


def _delete(request, kind, row, relation, form):
    answers = form.cleaned_data
    try:
        deleting.delete(
            kind, row.pk, relation=relation, reason=answers["reason"], expected=answers["expected"], by=request.user
        )
    except Drifted as drift:
        return _ask(request, kind, row, relation, form, drift.plan, drifted=True)
    messages.success(request, _("Deleted: %(what)s.") % {"what": kind.name})
    return redirect("relations:relation_tab", relation.pk, kind.tab)


def _ask(request, kind, row, relation, form, plan, *, drifted=False):
    context = {
        "record": relation,
        "kind": kind,
        "row": row,
        "form": form,
        "heading": capfirst(_("Delete %(what)s?") % {"what": kind.name}),
        "along": [(_name(model, count), count) for model, count in plan.told.items()],
        "others": deleting.others(kind, row.pk, relation),
        "warnings": kind.warned(row.pk),
        "expected": plan.fingerprint,
        "drifted": drifted,
    }
    status = 409 if drifted else 422 if form.errors else 200
    return render(request, "relations/kept/deleting/deletion.html", context, status=status)


def _name(model, count):
    return capfirst(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)
