"""The conditions about what relations itself keeps."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core.conditions import Dates, Option, Rows, Text, YesNo
from relations.listing.filters import activity
from relations.listing.filters.activity import ActivitySource, LastActivity
from relations.listing.filters.choices import employees, tags
from relations.listing.filters.managing import ManagedBy
from relations.listing.filters.texts import DebtorText, FreeText, PhoneWords, Unspaced
from relations.listing.filters.vocabulary import ADDRESS, CONDITIONS, CONTACT, GENERAL, REACHING, REGISTERED
from relations.models import (
    Appointment,
    ClientActivity,
    Contact,
    Message,
    Note,
    RelationKind,
    RelationStatus,
    RelationTag,
    TaskLink,
)


def kinds():
    return RelationKind.choices


def statuses():
    return RelationStatus.choices


def current_contacts():
    return Contact.objects.filter(archival=None, former_since=None)


def tasks_to_do():
    return TaskLink.objects.filter(task__done_at=None)


def activities_to_do():
    return ClientActivity.objects.filter(archival=None, done_at=None)


def appointments_ahead():
    return Appointment.objects.filter(ends_at__gte=timezone.now())


def _text(key, label, section, *columns, may_name_somebody=True, **options):
    return Text(
        key=key,
        label=label,
        section=section,
        columns=columns or (key,),
        may_name_somebody=may_name_somebody,
        **options,
    )


CONDITIONS.register(
    _text("name", _("Name"), GENERAL),
    _text("number", _("Number"), GENERAL, is_code=True),
    Option(key="kind", label=_("Kind"), section=GENERAL, column="kind", source=kinds),
    _text("legal_form", _("Legal form"), GENERAL, may_name_somebody=False),
    Option(key="status", label=_("Status"), section=GENERAL, column="status", source=statuses),
    Dates(key="former_since", label=_("Former since"), section=GENERAL, column="former_since"),
    ManagedBy(key="manager", label=_("Relation manager"), section=GENERAL, source=employees),
    Rows(
        key="tags",
        label=_("Tags"),
        section=GENERAL,
        rows=[RelationTag.objects.all],
        column="tag",
        source=tags,
    ),
    YesNo(key="restricted", label=_("Restricted"), section=GENERAL, holds=Q(restricted=True)),
    Dates(key="created", label=_("Created"), section=GENERAL, column="created_at", is_moment=True),
    Dates(key="birth_date", label=_("Date of birth"), section=GENERAL, column="birth_date", may_name_somebody=True),
    _text("street", _("Street and number"), ADDRESS),
    _text("postal_code", _("Postal code"), ADDRESS),
    _text("city", _("City"), ADDRESS, may_name_somebody=False),
    _text("country", _("Country"), ADDRESS, may_name_somebody=False),
    _text("mail_street", _("Postal address"), ADDRESS),
    _text("mail_postal_code", _("Postal code of the postal address"), ADDRESS),
    _text("mail_city", _("City of the postal address"), ADDRESS, may_name_somebody=False),
    _text("email", _("E-mail address"), REACHING),
    _text("phone", _("Phone number"), REACHING, "phone", "mobile", words=PhoneWords()),
    _text("website", _("Website"), REACHING),
    YesNo(key="newsletter", label=_("Receives the newsletter"), section=REACHING, holds=Q(newsletter=True)),
    Dates(key="opted_out", label=_("Opted out"), section=REACHING, column="opted_out_at", is_moment=True),
    _text("kvk", _("KvK number"), REGISTERED, "kvk_number"),
    _text("vat", _("VAT number"), REGISTERED, "vat_number"),
    YesNo(key="iban", label=_("IBAN known"), section=REGISTERED, holds=~Q(iban="")),
    _text("iban_number", _("IBAN"), REGISTERED, "iban", words=Unspaced()),
    LastActivity(key="activity", label=_("Last activity"), section=CONTACT),
    Rows(
        key="open_work",
        label=_("Open task, activity or appointment"),
        section=CONTACT,
        rows=[tasks_to_do, activities_to_do, appointments_ahead],
    ),
    Rows(key="contact", label=_("Contact"), section=CONTACT, rows=[current_contacts]),
    YesNo(key="debtor", label=_("Other invoice debtor"), section=CONTACT, holds=Q(invoice_debtor__isnull=False)),
    DebtorText(
        key="debtor_name",
        label=_("Number or name of the invoice debtor"),
        section=CONTACT,
        columns=("invoice_debtor__number", "invoice_debtor__name"),
        may_name_somebody=True,
    ),
    FreeText(key="free", label=_("Free fields"), section=GENERAL, columns=("free_fields",), may_name_somebody=True),
)

for source in (
    ActivitySource(ClientActivity.objects.all, "done_at", is_moment=True),
    ActivitySource(Note.objects.all, "at", is_moment=True),
    ActivitySource(Message.objects.all, "at", is_moment=True),
    ActivitySource(Appointment.objects.all, "starts_at", is_moment=True),
):
    activity.register(source)
