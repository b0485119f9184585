"""The one way of adding and editing what is kept by hand around a relation: a page of its own, reached from a tab of
the relation and returning to it with a message.

While a form is judged and saved its relation is locked: no other change slips in between, and no archiving. A view
fetches (`relation_at`, `kept_at`) and answers with `form_page`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crm.core.optimistic import status_of
from crm.core.refusals import Refusal
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.rights import may_change
from relations.sight import get_seen_or_404


@dataclass(frozen=True)
class Kind:
    """What is kept, and what its page says. `save(thing, by=)` is the verb of its `actions`."""

    form: type
    tab: str  # key of the panel on the relation's page
    new: str
    edit: str
    saved: str
    save: Callable = keeping.keep
    template: str = "relations/kept/form.html"
    then: Callable | None = None  # the address where one goes after saving, of what was saved; else the tab


def editing(view):
    """For a view that shows a form and takes it in: the right to change, in one transaction."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @may_change
    @transaction.atomic
    @wraps(view)
    def guarded(request, *args, **options):
        return view(request, *args, **options)

    return guarded


def relation_at(request, pk, *, lock=True):
    """The active relation of the page, when one may see it; with `lock` locked while a form is taken in."""
    locks = lock and request.method == "POST"
    rows = Relation.objects.select_for_update(no_key=True) if locks else Relation.objects
    relation = get_seen_or_404(request.user, rows, pk=pk)
    refuse_unless_active(relation)
    return relation


def kept_at(request, rows, pk):
    """The row of the page, with its active relation, which is locked while a form is taken in.

    `rows`: a model or queryset with a foreign key `relation`.
    """
    rows = getattr(rows, "objects", rows)
    relation = relation_at(request, get_object_or_404(rows.values_list("relation", flat=True), pk=pk))
    thing = rows.filter(pk=pk).first()  # only now: as it is under the lock
    if thing is None:
        raise Http404
    keeping.refuse_archived(thing)
    thing.relation = relation
    return thing


def form_page(request, thing, kind, *, form=None, **context):
    """The page of `kind` for `thing`, new or kept at present; saves what was sent and returns to the tab.

    A form that is not right comes back with 422, one that would undo somebody else's change with 409. `form` is for a
    page that begins with other values than those of `thing`.
    """
    relation, heading = thing.relation, kind.edit if thing.pk else kind.new
    back = reverse("relations:relation_tab", args=[relation.pk, kind.tab])
    form = form or _form_of(request, thing, kind)
    refused = None
    if form.is_bound and form.is_valid():
        refused = _refusal_of(form, kind.save)
        if refused is None:
            messages.success(request, kind.saved)
            return redirect(kind.then(form.instance) if kind.then else back)
    shown = {"relation": relation, "heading": heading, "form": form, "back": back, **context}
    return render(request, kind.template, shown, status=refused or status_of(form))


def _form_of(request, thing, kind):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind.form(*sent, instance=thing, by=request.user)


def _refusal_of(form, save):
    """Saves; the status of a refusal, which becomes an error of the form so that what was typed stays; else None."""
    try:
        form.keep(save)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return refusal.status
    return None
