"""Adding and editing what is a form and nothing more: notes, contracts, function assignments; and links."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from crm.core.refusals import Refusal
from relations import keeping
from relations.kept import links
from relations.kept.forms import ContractForm, FunctionForm, NoteForm
from relations.kept.link_forms import LinkForm
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at
from relations.models import Contract, FunctionAssignment, Note, RelationLink
from relations.pickers import ASKED
from relations.sight import get_seen_or_404

NOTE = Kind(NoteForm, "notities", _("New note"), _("Edit note"), _("The note has been saved."))
CONTRACT = Kind(ContractForm, "contracten", _("New contract"), _("Edit contract"), _("The contract has been saved."))
FUNCTION = Kind(FunctionForm, "functies", _("New function"), _("Edit function"), _("The function has been saved."))
LINK = Kind(LinkForm, "koppelingen", _("New link"), _("Edit link"), _("The link has been saved."), save=links.save_link)


@editing
def note_new(request, pk):
    return form_page(request, Note(relation=relation_at(request, pk), author=request.user), NOTE)


@editing
def note_edit(request, pk):
    return form_page(request, kept_at(request, Note, pk), NOTE)


@editing
def contract_new(request, pk):
    return form_page(request, Contract(relation=relation_at(request, pk)), CONTRACT)


@editing
def contract_edit(request, pk):
    return form_page(request, kept_at(request, Contract, pk), CONTRACT)


@editing
def function_new(request, pk):
    return form_page(request, FunctionAssignment(relation=relation_at(request, pk)), FUNCTION)


@editing
def function_edit(request, pk):
    return form_page(request, kept_at(request, FunctionAssignment, pk), FUNCTION)


@editing
def link_new(request, pk):
    """Saving locks both relations in one order; so not this one first."""
    link = RelationLink()
    link.relation = relation_at(request, pk, lock=False)
    return form_page(request, link, LINK)


@editing
def link_edit(request, pk):
    """Told from the side of the relation that `relatie` in the address names."""
    ends = get_seen_or_404(request.user, RelationLink.objects.values_list("from_relation", "to_relation"), pk=pk)
    own = next((end for end in ends if str(end) == request.GET.get(ASKED, str(ends[0]))), None)
    if own is None:
        raise Refusal(_("This relation is no end of this link. Open the link from the page of a relation."), status=404)
    if request.method == "POST":
        keeping.lock(ends)
    relation = relation_at(request, own, lock=False)
    link = get_object_or_404(RelationLink.objects.select_related("from_relation", "to_relation"), pk=pk)
    keeping.refuse_archived(link)
    link.relation = relation
    return form_page(request, link, LINK)
