"""Operations on a frozen set that ask, show and confirm: former, moving work, in and out of a selection."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from crm.core.templatetags.formats import amount
from crm.jobs.freezing import USE
from crm.jobs.views.deciding import Decision, decide
from relations.bulk import former, gathering, moving
from relations.bulk import forms as bulk_forms
from relations.pickers import label_of
from relations.rights import CHANGE, may


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def bulk_former(request, pk):
    """R101"""
    return decide(request, pk, FORMER)


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def bulk_moving(request, pk):
    """R49, R53, R102"""
    return decide(request, pk, MOVING)


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE)
def bulk_adding(request, pk):
    return decide(request, pk, ADDING)


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE)
def bulk_removing(request, pk):
    return decide(request, pk, REMOVING)


# --- what each page says ---------------------------------------------------------------------------------------------


def _former_words(plan, form):
    button = ngettext("Set %(count)s relation to former", "Set %(count)s relations to former", plan.running)
    since = date_format(form.cleaned_data["since"], "DATE_FORMAT")
    return {"button": _counted(button, plan), "answers": [(_("Former since"), since)]}


def _moving_words(plan, form):
    button = ngettext("Move the work of %(count)s relation", "Move the work of %(count)s relations", plan.running)
    labels = {"tasks": _("tasks"), "activities": _("client activities"), "notes": _("notes on those activities")}
    facts = [(labels[key], count) for key, count in plan.facts.items()]
    answers = [(_("Move to"), label_of(form.cleaned_data["to"]))]
    return {"button": _counted(button, plan), "facts": facts, "answers": answers}


def _adding_words(plan, form):
    button = ngettext("Add %(count)s relation", "Add %(count)s relations", plan.running)
    selection, name = form.cleaned_data["selection"], form.cleaned_data["name"]
    answer = (_("Selection"), selection.name) if selection else (_("A new selection"), name)
    return {"button": _counted(button, plan), "answers": [answer]}


def _removing_words(plan, form):
    button = ngettext("Remove %(count)s relation", "Remove %(count)s relations", plan.running)
    return {"button": _counted(button, plan), "answers": [(_("Selection"), form.cleaned_data["selection"].name)]}


def _counted(sentence, plan):
    return sentence % {"count": amount(plan.running)}


FORMER = Decision(
    former.OPERATION,
    bulk_forms.FormerForm,
    "relations/bulk/former.html",
    lambda job, form, by: former.plan(job, since=form.cleaned_data["since"]),
    _former_words,
)
MOVING = Decision(
    moving.OPERATION,
    bulk_forms.MoveForm,
    "relations/bulk/moving.html",
    lambda job, form, by: moving.plan(job, to=form.cleaned_data["to"], work=form.work),
    _moving_words,
)
ADDING = Decision(
    gathering.ADD,
    bulk_forms.GatherForm,
    "relations/bulk/adding.html",
    lambda job, form, by: gathering.plan_adding(
        job, selection=form.cleaned_data["selection"], name=form.cleaned_data["name"], by=by
    ),
    _adding_words,
)
REMOVING = Decision(
    gathering.REMOVE,
    bulk_forms.TakeOutForm,
    "relations/bulk/removing.html",
    lambda job, form, by: gathering.plan_removing(job, selection=form.cleaned_data["selection"]),
    _removing_words,
)
