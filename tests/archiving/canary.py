"""Fills everything a relation can own with words that occur nowhere else, so that one left behind is found."""

from itertools import count

from django.core.files.base import ContentFile
from django.db import models, transaction

from archiving import fences, policies
from archiving.policies import Anonymise, ByChoice, Orphans
from tests import factories

# how each model gets a row that belongs to `relation`
MAKERS = {
    "archiving.Archival": None,  # made by archiving itself
    "archiving.ArchivalChange": None,
    "jobs.JobItem": lambda relation: factories.JobItemFactory(target=relation),
    "relations.Relation": None,
    "relations.RelationTag": factories.RelationTagFactory,
    "relations.Person": lambda relation: factories.ContactFactory(relation=relation).person,
    "relations.Contact": factories.ContactFactory,
    "relations.Note": factories.NoteFactory,
    "relations.RelationLink": lambda relation: factories.RelationLinkFactory(from_relation=relation),
    "relations.Contract": factories.ContractFactory,
    "relations.ClientActivity": factories.ClientActivityFactory,
    "relations.ActivityAttachment": lambda relation: factories.ActivityAttachmentFactory(activity__relation=relation),
    "relations.Task": lambda relation: factories.TaskLinkFactory(relation=relation).task,
    "relations.TaskLink": factories.TaskLinkFactory,
    "relations.Appointment": factories.AppointmentFactory,
    "relations.Message": factories.MessageFactory,
    "relations.ReportReference": factories.ReportReferenceFactory,
    "relations.DossierItem": factories.UploadedDossierItemFactory,
    "relations.SbrReport": factories.SbrReportFactory,
    "relations.FunctionAssignment": factories.FunctionAssignmentFactory,
    "relations.RelationVisit": factories.RelationVisitFactory,
    "relations.SelectionMember": factories.SelectionMemberFactory,
    "relations.RelationUserPermission": None,  # keys only
    "relations.RelationGroupPermission": None,
    "relations.Deletion": None,  # kinds and numbers only
    "relations.RelationImportRow": factories.RelationImportRowFactory,
    "billing.TimesheetLine": lambda relation: factories.TimesheetLineFactory(relation=relation, billed=True),
    "billing.PriceAgreement": factories.PriceAgreementFactory,
    "billing.Instalment": lambda relation: factories.InstalmentFactory(
        agreement__relation=relation, invoice_line=factories.InvoiceLineFactory(invoice__settled=True)
    ),
    "billing.Invoice": lambda relation: factories.InvoiceFactory(relation=relation, settled=True),
    "billing.InvoiceLine": lambda relation: factories.InvoiceLineFactory(
        invoice__relation=relation, invoice__settled=True
    ),
    "billing.Payment": lambda relation: factories.PaymentFactory(invoice__relation=relation, invoice__settled=True),
    "billing.ReminderFee": lambda relation: factories.ReminderFeeFactory(invoice__relation=relation),
    "billing.Quote": factories.QuoteFactory,
    "billing.Order": factories.OrderFactory,
    "billing.Receipt": factories.ReceiptFactory,
    "billing.DirectDebitMandate": factories.DirectDebitMandateFactory,
    "billing.Pledge": factories.PledgeFactory,
    "billing.Subscription": factories.SubscriptionFactory,
    "billing.Project": factories.ProjectFactory,
    "billing.Reseller": factories.ResellerFactory,
    "billing.SentMail": factories.SentMailFactory,
    "portals.PortalLink": lambda relation: factories.PortalLinkFactory(relation=relation, until="2026-02-01"),
    "portals.ContractantLink": factories.ContractantLinkFactory,
    "portals.Relinking": lambda relation: factories.RelinkingFactory(old_subscription__relation=relation),
    "portals.PortalAccount": factories.PortalAccountFactory,
    "portals.OutgoingMail": lambda relation: factories.OutgoingMailFactory(account__relation=relation),
    "portals.TaskComment": factories.TaskCommentFactory,
    "portals.CommunityPost": factories.CommunityPostFactory,
    "portals.Reaction": factories.ReactionFactory,
}


ITEM = {"key": 1, "done": False}  # what else an entry in a list under a task holds


class Canary:
    """One relation with one row of everything, and the words put into it (`tokens`)."""

    def __init__(self, name):
        self.name = name
        self.numbers = count(1)
        self.tokens = []
        self.relation = factories.RelationFactory()
        rows = [MAKERS[p.label](relation=self.relation) for p in policies.policies() if MAKERS[p.label]]
        for row in [self.relation, *rows]:
            if history := policies.policy_of(type(row)).history:
                kept_there = {field.name for field in history._meta.fields}
                self._fill(row, [f for f in texts_of(row) if f.name in kept_there])  # in the history alone, after:
            self._fill(row, texts_of(row) + files_of(row))

    def _fill(self, row, fields):
        """Every column that erasing must empty gets a word; saving keeps the former word in the history."""
        row.refresh_from_db()
        for field in fields:
            setattr(row, field.name, self._word(field))
        with transaction.atomic(), fences.lifted():
            row.save()

    def _word(self, field):
        token = f"{self.name}{next(self.numbers):03}"
        self.tokens.append(token)
        if isinstance(field, models.FileField):
            return ContentFile(token.encode(), name=f"{token}.txt")
        if isinstance(field, models.JSONField):
            entry = ITEM | dict.fromkeys(("text", "title", "location"), token)
            return [entry] if field.default is list else {token: [token]}
        return f"{token}@post.example" if isinstance(field, models.EmailField) else token


def texts_of(row):
    """Fields that may hold words about somebody."""
    kept = kept_fields(type(row)) | {"database", "contractant"}  # a live contractant keeps it from the archive
    return [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in kept
    ]


def files_of(row):
    return [field for field in row._meta.concrete_fields if isinstance(field, models.FileField)]


def kept_fields(model):
    """Fields that an answer keeps by name: keys of the office, staff, system."""
    kept = set()
    for rule in policies.policy_of(model).erase:
        match rule:
            case Anonymise(keep=keep):
                kept |= set(keep)
            case ByChoice(delete=delete):
                kept |= set(delete.keep)
            case Orphans(rule=Anonymise(keep=keep)):
                kept |= set(keep)
    return kept
