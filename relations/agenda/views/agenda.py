"""The agenda of a week, of oneself, a colleague or the whole team; and its appointments."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.accounts.models import Employee
from crm.core.addresses import is_key, refuse_unless
from crm.core.optimistic import status_of
from crm.core.periods import WEEK, period_of, week_of
from crm.core.refusals import Refusal
from relations.agenda import agenda as agendas
from relations.agenda import appointments
from relations.agenda.forms import AppointmentForm
from relations.models import Appointment
from relations.pickers import ASKED, chosen_by, relation_asked_for
from relations.rights import may_change, may_view
from relations.sight import get_seen_or_404

HOUR = timedelta(hours=1)
WHOSE, TEAM, DAY = "wie", "team", "dag"


@require_safe
@may_view
def agenda(request):
    refuse_unless(request.GET, WEEK, WHOSE)
    today = timezone.localdate()
    period = period_of(request.GET, today)
    is_team, employee = _whose(request)
    context = {
        "period": period,
        "today": week_of(today),
        "days": agendas.days_of(period, today=today, reader=request.user, employee=employee),
        "employee": employee,
        "is_own": employee == request.user,
        "whose": f"&{WHOSE}={TEAM if is_team else employee.pk}" if employee != request.user else "",
        "colleagues": Employee.objects.active().exclude(pk=request.user.pk).order_by("name", "pk"),
    }
    return render(request, "relations/agenda/agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def appointment_new(request):
    """`relatie` and `dag` in the address fill in the relation and the day."""
    refuse_unless(request.GET, ASKED, DAY)
    initial = {"employee": request.user, "relation": relation_asked_for(request), **_moments(request)}
    form = AppointmentForm(request.POST or None, instance=Appointment(), initial=initial)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        new = appointments.add_appointment(form.save(commit=False), by=request.user)
        messages.success(request, _("The appointment has been added."))
        return redirect(_agenda_url(new, request.user))
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
@transaction.atomic
def appointment_edit(request, pk):
    """Saving holds the lock from judging the form until the commit, so that no other change slips in between."""
    rows = Appointment.objects.select_related("relation")
    rows = rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows
    record = get_seen_or_404(request.user, rows, pk=pk)
    subject, relation, back = record.subject, record.relation, _agenda_url(record, request.user)
    form = AppointmentForm(request.POST or None, instance=record)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        changed = appointments.change_appointment(form.save(commit=False), by=request.user)
        messages.success(request, _("The changes have been saved."))
        return redirect(_agenda_url(changed, request.user))
    return _form_page(request, form, subject=subject, relation=relation, back=back)


def _form_page(request, form, **context):
    return render(request, "relations/agenda/appointment_form.html", {"form": form, **context}, status=status_of(form))


def _agenda_url(appointment, reader):
    """The week of the appointment, of whoever has it."""
    week = week_of(timezone.localdate(appointment.starts_at)).query
    whose = "" if appointment.employee_id == reader.pk else f"&{WHOSE}={appointment.employee_id}"
    return f"{reverse('relations:agenda')}{week}{whose}"


def _whose(request):
    """(of the whole team, the employee)"""
    asked = request.GET.get(WHOSE, "")
    if not asked:
        return False, request.user
    if asked == TEAM:
        return True, None
    employee = Employee.objects.filter(pk=asked).first() if is_key(asked) else None
    if employee is None:
        raise Refusal(_("There is no colleague whose agenda this is. Choose one on the agenda."), status=404)
    return False, employee


def _moments(request):
    """An hour in the morning of the day that is asked for; the next whole hour when none is."""
    if DAY not in request.GET:
        start = timezone.localtime().replace(minute=0, second=0, microsecond=0) + HOUR
        return {"starts_at": start, "ends_at": start + HOUR}
    try:
        day = agendas.start_of(datetime.strptime(request.GET[DAY], "%Y-%m-%d").date())
    except ValueError:
        raise Refusal(_("There is no such day. Choose one in the agenda."), status=400) from None
    return {"starts_at": day.replace(hour=9), "ends_at": day.replace(hour=10)}
