"""Which documents of a relation its customers see."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portals.sharing import actions as sharing
from relations.models import DossierItem, Relation
from relations.rights import may_change, may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def shared_documents(request, pk):
    relation = get_seen_or_404(request.user, Relation.objects.not_erased(), pk=pk)
    items = DossierItem.objects.filter(sharing.SHAREABLE, relation=relation).order_by("-added_at", "-pk")
    return render(request, "portals/sharing/documents.html", {"relation": relation, "items": items})


@require_POST
@may_change
def document_sharing(request, pk):
    item = sharing.share(get_seen_or_404(request.user, DossierItem.objects, pk=pk).pk, by=request.user)
    messages.success(request, _("The customer sees this document now."))
    return redirect("portals:shared_documents", item.relation_id)


@require_POST
@may_change
def document_unsharing(request, pk):
    item = sharing.stop_sharing(get_seen_or_404(request.user, DossierItem.objects, pk=pk).pk, by=request.user)
    messages.success(request, _("The customer does not see this document any more."))
    return redirect("portals:shared_documents", item.relation_id)
