"""The page of one relation, adding and changing relations, and the page that frees an invoice debtor (R7)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from crm.core import panels
from crm.core.addresses import is_key
from crm.core.optimistic import status_of
from crm.core.refusals import Refusal
from relations import keeping
from relations.models import Relation
from relations.pickers import SUGGESTED, chosen_by, suggestions
from relations.presenting import state_badges
from relations.record import actions as relation_actions
from relations.record import headlines, visits
from relations.record.forms import DebtorForm, RelationForm
from relations.rights import ADD, ARCHIVE, ERASE, may, may_change, may_view
from relations.sight import get_seen_or_404
from relations.timeline import page as timeline_pages

DEBTORS_AT_ONCE = 200
FIRST_ENTRIES = 10


@require_safe
@may_view
def relation(request, pk, key=""):
    rows = Relation.objects.select_related("manager", "invoice_debtor", "archival__by", "erasure")
    record = get_seen_or_404(request.user, rows, pk=pk)
    if not record.is_erased:
        visits.remember(record, by=request.user)
    visible, counts = visible_panels(request.user, record, key)
    content = _panel_content(request, record, visible, key, counts) if key else _overview(request.user, record, counts)
    context = {"record": record, **head_of(request.user, record), **tabs_of(record, visible, counts, key)}
    return render(request, "relations/record/relation.html", context | content)


def visible_panels(employee, record, key=""):
    """(panels, {key: count}) of the record's page, on which the panel `key` is shown."""
    visible = [panel for panel in panels.panels(employee) if panel.figures or not record.is_erased]
    return visible, panels.counts(visible, record, whole=key)


def head_of(employee, record):
    """What stands above every part of the record's page."""
    return {
        "badges": state_badges(record),
        "tags": [] if record.is_erased else record.tags.all(),
        "headlines": [] if record.is_erased else headlines.of(record, employee),
    }


def tabs_of(record, visible, counts, key):
    tabs = _tabs(record, visible, key, counts)
    return {
        "tabs": [tab for tab in tabs if not tab.get("aside")],
        "empty_tabs": [tab for tab in tabs if tab.get("aside")],
    }


@require_safe
@may_view
def relation_suggestions(request):
    """What fits the text that was typed so far in a picker, whatever the name of its field."""
    typed = next(iter(request.GET.values()), "")
    found = suggestions(typed, request.user)[:SUGGESTED]
    return render(request, "relations/record/_suggestions.html", {"suggestions": found})


def _tabs(record, visible, key, counts):
    overview = {"title": _("Overview"), "url": record.get_absolute_url(), "current": not key}
    return [overview] + [
        {
            "title": panel.title,
            "url": reverse("relations:relation_tab", args=[record.pk, panel.key]),
            "count": panels.written(counts.get(panel.key)),
            "current": panel.key == key,
            # Nothing in it and seldom needed: out of the way.
            "aside": panel.counted and not panel.always and not counts.get(panel.key) and panel.key != key,
        }
        for panel in visible
    ]


def _panel_content(request, record, visible, key, counts):
    panel = next((panel for panel in visible if panel.key == key), None)
    if panel is None:
        raise Http404
    begin, count = _begin(request), counts.get(key)
    total = panel.rows(record).count() if count is None else count
    if begin and begin >= total:
        raise Http404
    return {
        "panel": panel,
        "rows": panel.shown(record, begin),
        "more": max(total - panels.NEWEST, 0) if begin is None else 0,
        "is_older": bool(begin),
        "older_from": _older_from(begin, total),
        "count": count,
        "panel_actions": panel.actions(record, request.user) if panel.actions and record.is_active else [],
    }


def _begin(request):
    """From which place on everything is asked for; None when it is not."""
    if "alle" not in request.GET:
        return None
    place = request.GET.get("vanaf", "0")
    if not is_key(place):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return int(place)


def _older_from(begin, total):
    """The place where the rows after these begin; None when there are none."""
    end = panels.AT_ONCE + (begin or 0)
    return end if begin is not None and total > end else None


def _overview(user, record, counts):
    if record.is_erased:
        return {}
    page = timeline_pages.Page(record, user, size=FIRST_ENTRIES, counts=counts)
    return {"timeline": page, "check": _check(user, record)}


def _check(user, record):
    """What stands in the way of the next step in the relation's life, for who may take that step (R95)."""
    if record.is_active:
        stage, question, permission = Stage.ARCHIVE, _("Can this be archived?"), ARCHIVE
    else:
        stage, question, permission = Stage.ERASE, _("Can this be erased?"), ERASE
    if not user.has_perm(permission):
        return None
    return {"question": question, "findings": planning.blockers([record.pk], stage).get(record.pk, [])}


@require_http_methods(["GET", "HEAD", "POST"])
@may(ADD)
def relation_new(request):
    form = RelationForm(request.POST or None, initial={"manager": request.user})
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        added = relation_actions.add(form.instance, tags=form.cleaned_data["tags"], by=request.user)
        # Without the name: until it is shown, a message is kept outside the relation, where erasing does not come.
        messages.success(request, _("Relation %(number)s has been added.") % {"number": added.number})
        return redirect(added)
    return _form_page(request, form, {"heading": _("New relation"), "back": reverse("relations:relation_list")})


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
@transaction.atomic
def relation_edit(request, pk):
    """Saving holds the lock from judging the form until the commit, so that no other change slips in between."""
    rows = Relation.objects.select_for_update() if request.method == "POST" else Relation.objects
    record = get_seen_or_404(request.user, rows, pk=pk)
    keeping.refuse_unless_active(record)
    # Taken now: a form that is refused has put what was typed on the record.
    heading = _("Edit %(name)s") % {"name": record}
    context = {"heading": heading, "number": record.number, "back": record.get_absolute_url()}
    form = RelationForm(request.POST or None, instance=record)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        relation_actions.change(form.instance, tags=form.cleaned_data["tags"], by=request.user)
        messages.success(request, _("The changes have been saved."))
        return redirect(record)
    return _form_page(request, form, context)


def _form_page(request, form, context):
    return render(request, "relations/record/form.html", {"form": form, **context}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def debtor_for(request, pk):
    record = get_seen_or_404(request.user, Relation.objects.not_erased(), pk=pk)
    payers = Relation.objects.active().visible_to(request.user).filter(invoice_debtor=record).order_by("name", "pk")
    form = DebtorForm(request.POST or None, relations=payers)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        _set_debtor(request, record, form.cleaned_data)
        return redirect("relations:debtor_for" if payers.exists() else "relations:relation", pk)
    context = {"record": record, "form": form, "count": payers.count(), "payers": payers[:DEBTORS_AT_ONCE]}
    return render(request, "relations/record/debtor_for.html", context, status=422 if form.errors else 200)


def _set_debtor(request, record, answers):
    payers = [payer.pk for payer in answers["chosen"]]
    count = relation_actions.set_invoice_debtor(payers, instead_of=record, debtor=answers["debtor"], by=request.user)
    sentence = ngettext(
        "The invoice debtor of %(count)d relation has been changed.",
        "The invoice debtor of %(count)d relations has been changed.",
        count,
    )
    messages.success(request, sentence % {"count": count})
