"""What relations itself puts on the timeline of a relation; what was archived by itself only once that is too."""

from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archiving.models import ArchiveReason
from relations.timeline.entries import Source, register


def _current(rows, record):
    return rows.filter(archival=None) if record.is_active else rows.all()


def _entered(rows):
    """Those of which is known when they were entered, as `entered_at`: they hold no moment themselves."""
    first = rows.model.history.model.objects.filter(id=OuterRef("pk")).order_by("history_date", "history_id")
    return rows.annotate(entered_at=Subquery(first.values("history_date")[:1])).exclude(entered_at=None)


def _archivals(record):
    """Each with its reason in the reader's words."""
    words = [When(reason=reason, then=Value(str(reason.label))) for reason in ArchiveReason]
    return record.archivals.annotate(reason_text=Case(*words, default=F("reason")))


def _task(record, pk):
    return reverse("relations:task", args=[pk])


def _activity(record, pk):
    return reverse("relations:activity", args=[pk])


register(
    Source(
        kind="notitie",
        label=_("Note"),
        done=lambda record: _current(record.notes, record),
        when="at",
        text="text",
        who="author__name",
        panel="notities",
        icon="pencil",
        order=10,
    )
)
register(
    Source(
        kind="activiteit",
        label=_("Activity"),
        done=lambda record: _current(record.activities, record).exclude(done_at=None),
        planned=lambda record: _current(record.activities, record).filter(done_at=None),
        when="done_at",
        to_do="due_on",
        title="subject",
        text="text",
        who="owner__name",
        panel="activiteiten",
        url=_activity,
        icon="phone",
        order=20,
        is_contact=True,
    )
)
register(
    Source(
        kind="taak",
        label=_("Task"),
        done=lambda record: record.tasks.exclude(done_at=None),
        planned=lambda record: record.tasks.filter(done_at=None),
        when="done_at",
        to_do="due_on",
        title="subject",
        text="text",
        who="assignee__name",
        panel="taken",
        url=_task,
        icon="check",
        order=30,
    )
)
register(
    Source(
        kind="afspraak",
        label=_("Appointment"),
        done=lambda record: record.appointments.filter(ends_at__lt=timezone.now()),
        planned=lambda record: record.appointments.filter(ends_at__gte=timezone.now()),
        when="starts_at",
        title="subject",
        text="place",
        who="employee__name",
        panel="afspraken",
        icon="calendar",
        order=40,
        is_contact=True,
    )
)
register(
    Source(
        kind="bericht",
        label=_("Message"),
        done=lambda record: record.messages.all(),
        when="at",
        title="subject",
        text="body",
        panel="berichten",
        icon="envelope",
        order=50,
        is_contact=True,
    )
)
register(
    Source(
        kind="document",
        label=_("Document"),
        done=lambda record: record.dossier_items.all(),
        when="added_at",
        title="title",
        panel="dossier",
        icon="paper-clip",
        order=60,
    )
)
register(
    Source(
        kind="contract",
        label=_("Contract"),
        done=lambda record: _current(record.contracts, record).exclude(starts_on=None),
        when="starts_on",
        is_day=True,
        title="title",
        text="text",
        panel="contracten",
        icon="document-check",
        order=65,
    )
)
register(
    Source(
        kind="rapport",
        label=_("Report"),
        done=lambda record: _entered(record.reports),
        when="entered_at",
        title="title",
        panel="rapporten",
        icon="document-chart-bar",
        order=61,
    )
)
register(
    Source(
        kind="rapport",
        label=_("SBR report"),
        done=lambda record: _entered(record.sbr_reports),
        when="entered_at",
        title="kind",
        text="period",
        panel="sbr-rapporten",
        icon="document-chart-bar",
        order=62,
    )
)
register(
    Source(
        kind="archief",
        label=_("Archived"),
        kind_label=_("In and out of the archive"),
        done=_archivals,
        when="at",
        title="reason_text",
        text="note",
        who="by__name",
        panel="wijzigingen",
        is_counted=False,
        icon="archive-box",
        order=140,
    )
)
register(
    Source(
        kind="archief",
        label=_("Restored"),
        done=lambda record: record.archivals.exclude(restored_at=None),
        when="restored_at",
        who="restored_by__name",
        panel="wijzigingen",
        is_counted=False,
        icon="arrow-uturn-left",
        order=141,
    )
)
