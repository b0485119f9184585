"""An office in which one relation is restricted, mentioned wherever another one can, and the words that betray it."""

from django.db import transaction

from archiving import fences, policies, reach
from crm.jobs.models import ItemState, JobState
from relations.models import Relation, RelationImport, Selection
from tests import factories
from tests.archiving.canary import Canary
from tests.factories.relations import MOMENT

NUMBER = "90909"  # no secret: who decides about access finds the relation by it


MORE = {  # factory → the field that says whose work it is
    factories.NoteFactory: "author",
    factories.AppointmentFactory: "employee",
    factories.ContactFactory: "",
    factories.ContractFactory: "",
    factories.MessageFactory: "",
    factories.ReportReferenceFactory: "",
    factories.UploadedDossierItemFactory: "",
    factories.SbrReportFactory: "",
    factories.FunctionAssignmentFactory: "",
    factories.QuoteFactory: "",
    factories.OrderFactory: "",
    factories.ReceiptFactory: "",
    factories.DirectDebitMandateFactory: "",
    factories.PledgeFactory: "",
    factories.SubscriptionFactory: "",
    factories.ProjectFactory: "",
    factories.SentMailFactory: "",
    factories.PortalLinkFactory: "",
    factories.CommunityPostFactory: "",
}


class RestrictedOffice:
    """`viewer` has every right and no access; `rows` {model: a row of the restricted relation}."""

    def __init__(self):
        self.viewer = factories.AdminFactory()
        self.canary = Canary("Zwijg")
        self.hidden = self.canary.relation
        self.tokens = [token for token in self.canary.tokens if token != self.hidden.number]
        self._make_own()
        self.neighbour = factories.RelationFactory(invoice_debtor=self.hidden)
        self.mentions = self._mentions()
        with transaction.atomic(), fences.lifted():
            Relation.objects.filter(pk=self.hidden.pk).update(restricted=True, number=NUMBER)
        self.hidden.refresh_from_db()

    def something_happens(self):
        """More of everything at the restricted relation, and nowhere else: of a colleague, and of the viewer.

        But for the viewer's own hours, which are theirs to see (decision 0012).
        """
        factories.TimesheetLineFactory(relation=self.hidden, employee=self.colleague)
        for by in (self.colleague, self.viewer):
            for make, staff in MORE.items():
                make(relation=self.hidden, **({staff: by} if staff else {}))
            factories.TaskLinkFactory(relation=self.hidden, task__assignee=by, task__due_on=MOMENT.date())
            activity = factories.ClientActivityFactory(relation=self.hidden, owner=by)
            factories.ActivityAttachmentFactory(activity=activity)
            invoice = factories.InvoiceFactory(relation=self.hidden, status="sent", total=121)
            factories.PaymentFactory(invoice=invoice)
            factories.ReminderFeeFactory(invoice=invoice)
            factories.InstalmentFactory(agreement=factories.PriceAgreementFactory(relation=self.hidden))
            factories.OutgoingMailFactory(account=factories.PortalAccountFactory(relation=self.hidden))

    @property
    def rows(self):
        found = {policy.model: reach.rows_of(policy, [self.hidden.pk]).first() for policy in policies.policies()}
        return {model: row for model, row in found.items() if row is not None}

    def _make_own(self):
        """What an employee sees of their own work is withheld too."""
        for policy in policies.policies():
            staff = {f.name: self.viewer for f in policy.model._meta.fields if f.name in ("employee", "assignee", "by")}
            if staff and not policy.is_root:
                with transaction.atomic(), fences.lifted():
                    reach.rows_of(policy, [self.hidden.pk]).update(**staff)

    def _colleague(self):
        """Somebody whose work is at the restricted relation, with a departure before them."""
        colleague = factories.EmployeeFactory(name="Kees Bos")
        Relation.objects.filter(pk=self.hidden.pk).update(manager=colleague)
        factories.TaskLinkFactory(relation=self.hidden, task__assignee=colleague, task__subject=self.hidden.name)
        factories.ClientActivityFactory(relation=self.hidden, owner=colleague, subject=self.hidden.name)
        factories.AppointmentFactory(relation=self.hidden, employee=colleague, subject=self.hidden.name)
        return colleague

    def _mentions(self):
        """Objects of a kind that belongs to no relation, or to a visible one, in which the restricted one occurs."""
        hidden, neighbour = self.hidden, self.neighbour
        selection = Selection.objects.create(name="Gemengd", owner=self.viewer)
        for relation in (hidden, neighbour):
            factories.SelectionMemberFactory(selection=selection, relation=relation)
        factories.RelationLinkFactory(from_relation=neighbour, to_relation=hidden)
        factories.RelationLinkFactory(from_relation=hidden, to_relation=neighbour)
        invoice = factories.InvoiceFactory(relation=neighbour, debtor=hidden, addressee_name=hidden.name)
        factories.InvoiceFactory(relation=hidden, debtor=neighbour)
        factories.DossierItemFactory(relation=neighbour, owner=hidden)
        factories.DossierItemFactory(relation=hidden, owner=neighbour, title=hidden.name)
        task = factories.TaskLinkFactory(relation=neighbour, task__kind="support").task
        factories.TaskLinkFactory(relation=hidden, task=task)
        contact = factories.ContactFactory(relation=neighbour)
        factories.ContactFactory(relation=hidden, person=contact.person, function=hidden.name)
        contractant = factories.ContractantFactory()
        factories.ContractantLinkFactory(relation=hidden, contractant=contractant)
        draft = factories.JobFactory(by=self.viewer)
        factories.JobItemFactory(job=draft, target=hidden)
        done = factories.JobFactory(
            by=self.viewer,
            operation="change_properties",
            state=JobState.DONE,
            total=1,
            done=1,
            confirmed_at=MOMENT,
            finished_at=MOMENT,
        )
        factories.JobItemFactory(job=done, target=hidden, state=ItemState.DONE)
        source = RelationImport.objects.create(by=self.viewer, executed_at=MOMENT, mapping={"0": "name"})
        factories.RelationImportRowFactory(source=source, relation=hidden, error="bleef staan")
        self.colleague = self._colleague()
        saved = factories.SavedFilterFactory(owner=self.viewer, query="q=bakker")
        kind = factories.AccountTypeFactory()
        factories.PortalAccountFactory(relation=hidden, account_type=kind)
        lock = factories.MonthLockFactory(month="2024-01-01")
        found = [neighbour, selection, invoice, task, contact, contact.person, contractant, draft, done, source]
        found += [self.colleague, saved, kind, lock]
        mentions = {}
        for row in found:
            mentions.setdefault(type(row), []).append(row)
        return mentions
