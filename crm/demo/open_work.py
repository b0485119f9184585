"""What is still open at the first relations, so that each shows one thing that archiving or erasing minds."""

from datetime import timedelta
from decimal import Decimal

from billing.invoicing import actions as invoices
from billing.models import DirectDebitMandate, Instalment, Order, Pledge, PriceAgreement, Subscription, TimesheetLine
from crm.demo.files import pdf
from portals.models import (
    CommunityPost,
    Contractant,
    ContractantLink,
    PortalLink,
    PortalProvider,
    Reaction,
    ReactionKind,
)
from relations import keeping
from relations.models import (
    ActivityAttachment,
    ClientActivity,
    Contact,
    DossierItem,
    FunctionAssignment,
    Task,
    TaskKind,
    TaskLink,
)

SETUP = {"database": "klant-nl-01"}


def leave_open(relations, *, today, by):
    """`relations` {place: Relation}: see the comments for what each of the first twelve, and some later ones, show."""
    office = _Office(today, by)
    office.unbilled_hours(relations[1])  # R5
    office.unbilled_instalments(relations[2])  # R6
    office.pays_for(relations[3], relations[4])  # R7
    for place, provider in ((5, PortalProvider.PINKWEB), (6, PortalProvider.CREAIM), (7, PortalProvider.YOB)):  # R8
        office.portal(relations[place], provider)
    office.customer_environment(relations[8], linked_before=relations[11])  # R39
    office.support_tasks(relations[8])  # R48
    office.subscription(relations[12])  # running and not linked: can take the environment over (B11)
    office.unpaid_invoice(relations[8])  # of the customer who signs in
    office.everything(relations[9], payer_of=relations[15])
    office.unpaid_invoice(relations[10])  # R75
    office.direct_debit(relations[10])  # R73, R74
    office.documents(relations[11], owner_of_one_of=relations[12])  # R76
    office.community(relations[11], answered_by=relations[12])  # R77
    office.function(relations[11])  # R78
    office.shared_person(relations[11], relations[12])  # R9
    office.open_order(relations[12])  # R96
    office.unpaid_invoice(relations[16])  # archived below, and cannot be erased yet (R96)
    office.open_order(relations[17])
    for place in (18, 19, 37):  # 37 is erased: its files go
        office.documents(relations[place])


class _Office:
    """Makes the rows as an employee would have; `today` is the day, `by` the employee."""

    def __init__(self, today, by):
        self.today, self.by = today, by

    def unbilled_hours(self, relation):
        for days, hours in ((3, "1.50"), (9, "2.00"), (16, "0.75")):
            self._add(
                TimesheetLine(
                    employee=self.by,
                    relation=relation,
                    worked_on=self._ago(days),
                    hours=Decimal(hours),
                    rate=Decimal(95),
                    description="Btw-aangifte",
                )
            )

    def unbilled_instalments(self, relation):
        agreement = self._add(
            PriceAgreement(relation=relation, title="Jaarwerk", total=Decimal(900), starts_on=self._ago(20))
        )
        for months in (0, 3):
            self._add(Instalment(agreement=agreement, due_on=self._ago(-30 * months), amount=Decimal(450)))

    def pays_for(self, debtor, other):
        other.invoice_debtor = debtor
        self._add(other)

    def portal(self, relation, provider):
        number = f"{provider.value[:2].upper()}-{relation.number}"
        self._add(PortalLink(relation=relation, provider=provider, external_id=number, since=self._ago(200)))

    def customer_environment(self, relation, *, linked_before=None):
        setup = SETUP | {"contractant": f"KL-{relation.number}"}
        self.subscription(relation, **setup)
        contractant = Contractant.objects.create(database=setup["database"], code=setup["contractant"])
        ContractantLink.objects.create(contractant=contractant, relation=relation, since=self._ago(300), by=self.by)
        if linked_before:
            days = {"since": self._ago(900), "until": self._ago(300)}
            ContractantLink.objects.create(contractant=contractant, relation=linked_before, by=self.by, **days)

    def subscription(self, relation, **setup):
        terms = {"product": "Klantomgeving Plus", "price": Decimal("12.50"), "starts_on": self._ago(300)}
        self._add(Subscription(relation=relation, **terms, **setup))

    def support_tasks(self, relation):
        for days, subject, kind in (
            (4, "Rapport laadt niet", TaskKind.SUPPORT),
            (9, "Koppeling met Loket.nl vernieuwen", TaskKind.SUPPORT),
            (2, "Jaargesprek voorbereiden", TaskKind.NORMAL),
        ):
            task = self._add(Task(subject=subject, kind=kind, assignee=self.by, due_on=self._ago(-days)))
            self._add(TaskLink(task=task, relation=relation))

    def everything(self, relation, *, payer_of):
        self.unbilled_hours(relation)
        self.unbilled_instalments(relation)
        self.pays_for(relation, payer_of)
        self.portal(relation, PortalProvider.OTHER)
        self.customer_environment(relation)

    def unpaid_invoice(self, relation):
        self.unbilled_hours(relation)
        invoice = invoices.invoice_unbilled(relation, by=self.by, on=self._ago(2))
        invoices.mark_sent(invoice, by=self.by)

    def direct_debit(self, relation):
        reference = f"MAND-{relation.number}"
        self._add(
            DirectDebitMandate(
                relation=relation,
                reference=reference,
                iban=relation.iban,
                account_holder=relation.name,
                signed_on=self._ago(700),
            )
        )
        self._add(
            Pledge(relation=relation, description="Bijdrage klantenavond", amount=Decimal(50), starts_on=self._ago(90))
        )

    def documents(self, relation, *, owner_of_one_of=None):
        title = "Kopie huurovereenkomst"
        file = pdf("huurovereenkomst.pdf", title, relation.name)
        self._add(DossierItem(relation=relation, title=title, file=file))
        visit = ClientActivity(relation=relation, subject="Bezoek aan de werkplaats", owner=self.by, kind="visit")
        report = pdf("verslag.pdf", "Verslag van het bezoek", relation.name)
        self._add(ActivityAttachment(activity=self._add(visit), name="verslag.pdf", file=report))
        if owner_of_one_of:
            file = pdf("statuten.pdf", "Statuten", relation.name)
            self._add(DossierItem(relation=owner_of_one_of, title="Statuten", file=file, owner=relation))

    def community(self, relation, *, answered_by):
        at = relation.created_at + timedelta(days=90)
        post = CommunityPost.objects.create(
            relation=relation, author_name="Clara", text="Hoe dien ik een suppletie in?", at=at
        )
        reply = {
            "kind": ReactionKind.REPLY,
            "text": "Via het formulier onder Aangiftes.",
            "at": at + timedelta(hours=3),
        }
        Reaction.objects.create(post=post, relation=answered_by, author_name="Bram", **reply)
        Reaction.objects.create(post=post, relation=answered_by, kind=ReactionKind.LIKE, at=at + timedelta(hours=4))

    def function(self, relation):
        self._add(FunctionAssignment(relation=relation, function="Klantenraad", since=self._ago(400)))

    def shared_person(self, relation, other):
        person = relation.contacts.select_related("person").earliest("pk").person
        self._add(Contact(relation=other, person=person, function="Boekhouder", since=self._ago(500)))

    def open_order(self, relation):
        number = f"OR-{relation.number}"
        self._add(
            Order(
                relation=relation,
                number=number,
                ordered_on=self._ago(12),
                description="Scanner",
                total=Decimal("189.00"),
            )
        )

    def _ago(self, days):
        return self.today - timedelta(days=days)

    def _add(self, row):
        return keeping.save(row, by=self.by)
