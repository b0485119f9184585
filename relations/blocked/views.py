"""Beheer / Belemmeringen: what keeps former relations from the archive (B10)."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archiving.acts.beginning import permission
from archiving.plans.plan import Act
from crm.core.addresses import refuse_unless
from relations.blocked import causes as blocked

FEW, MANY = 10, 200


@require_safe
@permission_required(permission(Act.RESTORE), raise_exception=True)
def blocked_list(request):
    """Every cause with some of its relations, or one cause with many."""
    refuse_unless(request.GET, "oorzaak")
    causes = blocked.causes(request.user)
    code = request.GET.get("oorzaak", "")
    shown = [cause for cause in causes if code in ("", cause.code)]
    if code and not shown:
        raise Http404
    number = MANY if code else FEW
    context = {
        "causes": [(cause, cause.first(number), max(cause.count - number, 0)) for cause in shown],
        "total": blocked.count_of(shown, request.user),
        "one": bool(code),
    }
    return render(request, "relations/blocked/blocked.html", context)
