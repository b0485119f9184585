"""What archiving and erasing do to billing: texts go, figures stay (R33-R35; docs/decisions/0003)."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from archiving.policies import (
    AMOUNT,
    DATE,
    KEY,
    STAFF,
    STATUS,
    SYSTEM,
    Acknowledge,
    Anonymise,
    Blocker,
    Fence,
    Figures,
    Reference,
    Retention,
    Stage,
    Stop,
    With,
    exempt,
    register,
)
from billing import models

OPEN_INVOICE = Q(status__in=models.OPEN_STATUSES)

register(
    models.TimesheetLine,
    path="relation",
    erase=Anonymise(
        keep={
            "employee": STAFF,
            "relation": KEY,
            "project": KEY,
            "service": STATUS,
            "worked_on": DATE,
            "hours": AMOUNT,
            "rate": AMOUNT,
            "billable": STATUS,
            "invoice_line": KEY,
        },
        scrub=("description",),
    ),  # R33
    blockers=(
        Blocker(
            "UNBILLED_TIME",  # R5
            ngettext_lazy(
                "%(count)d timesheet line is not invoiced yet",
                "%(count)d timesheet lines are not invoiced yet",
                "count",
            ),
            _("has hours that are not invoiced yet"),
            when=Q(billable=True, invoice_line=None),
            solve="billing:relation_unbilled",
        ),
    ),
    hard_delete_blockers={"ACTIVITIES": Q()},
    figures=Figures(by=("employee", "worked_on__year", "worked_on__month", "billable"), sums=("hours", "rate")),
    totals={"hours": "hours"},
)
register(
    models.PriceAgreement,
    path="relation",
    erase=Anonymise(
        keep={"relation": KEY, "total": AMOUNT, "starts_on": DATE},
        scrub=("title", "description"),
    ),
    hard_delete_blockers={"CONTRACTS": Q()},
    figures=Figures(by=("starts_on__year",), sums=("total",)),
    totals={"total": "money"},
)
register(
    models.Instalment,
    path="agreement__relation",
    erase=Anonymise(
        keep={"agreement": KEY, "due_on": DATE, "amount": AMOUNT, "invoice_line": KEY},
        scrub=("description",),
    ),
    blockers=(
        Blocker(
            "UNBILLED_INSTALMENT",  # R6
            ngettext_lazy(
                "%(count)d instalment of a price agreement is not invoiced yet",
                "%(count)d instalments of price agreements are not invoiced yet",
                "count",
            ),
            _("has instalments that are not invoiced yet"),
            when=Q(invoice_line=None),
            solve="billing:relation_unbilled",
        ),
    ),
    figures=Figures(by=("due_on__year", "due_on__month"), sums=("amount",)),
)
register(
    models.Invoice,
    path="relation",
    erase=Anonymise(
        keep={
            "number": KEY,
            "relation": KEY,
            "debtor": KEY,
            "kind": STATUS,
            "status": STATUS,
            "issued_on": DATE,
            "due_on": DATE,
            "net": AMOUNT,
            "vat": AMOUNT,
            "total": AMOUNT,
            "paid": AMOUNT,
            "search": SYSTEM,  # generated from the emptied columns
        },
        scrub=("addressee_name", "addressee_address", "reference", "remarks"),
        files=("pdf",),
    ),  # R34, R37
    blockers=(
        Blocker(
            "UNPAID_INVOICE",  # R96
            ngettext_lazy("%(count)d invoice is not paid yet", "%(count)d invoices are not paid yet", "count"),
            _("has invoices that are not paid yet"),
            when=OPEN_INVOICE,
            solve="billing:relation_invoices",
            stage=Stage.ERASE,
        ),
        Blocker(
            "UNPAID_INVOICE_AS_DEBTOR",  # R96
            ngettext_lazy(
                "%(count)d invoice to this debtor is not paid yet",
                "%(count)d invoices to this debtor are not paid yet",
                "count",
            ),
            _("is the debtor of invoices that are not paid yet"),
            when=OPEN_INVOICE & ~Q(relation=F("debtor")),
            solve="billing:relation_invoices",
            stage=Stage.ERASE,
            path="debtor",
        ),
    ),
    acknowledge=(
        Acknowledge(
            "open_invoices",  # R75
            ngettext_lazy(
                "%(count)d invoice is still open: archive anyway",
                "%(count)d invoices are still open: archive anyway",
                "count",
            ),
            when=OPEN_INVOICE,
        ),
    ),
    hard_delete_blockers={
        "INVOICES": Q(kind=models.InvoiceKind.NORMAL),
        "CONTRACT_INVOICES": Q(kind=models.InvoiceKind.CONTRACT),
    },
    fence=Fence.UPDATES,
    references=(Reference("debtor", scrub=("addressee_name", "addressee_address"), files=("pdf",)),),
    retention=Retention("invoices", "issued_on", _("invoices")),
    figures=Figures(
        by=("issued_on__year", "issued_on__month", "status", "debtor"), sums=("net", "vat", "total", "paid")
    ),
    totals={"total": "money"},
)
register(
    models.InvoiceLine,
    path="invoice__relation",
    erase=Anonymise(
        keep={
            "invoice": KEY,
            "quantity": AMOUNT,
            "unit_price": AMOUNT,
            "vat_rate": AMOUNT,
            "net": AMOUNT,
            "vat": AMOUNT,
        },
        scrub=("description",),
    ),
    figures=Figures(
        by=("invoice__issued_on__year", "invoice__issued_on__month", "vat_rate"), sums=("net", "vat", "quantity")
    ),
)
register(
    models.Payment,
    path="invoice__relation",
    erase=Anonymise(keep={"invoice": KEY, "paid_on": DATE, "amount": AMOUNT}, scrub=("reference",)),
    fence=Fence.OPEN,
    figures=Figures(by=("paid_on__year", "paid_on__month"), sums=("amount",)),
)
register(
    models.ReminderFee,
    path="invoice__relation",
    erase=Anonymise(keep={"invoice": KEY, "charged_on": DATE, "amount": AMOUNT}, scrub=("description",)),
    hard_delete_blockers={"REMINDER_FEES": Q()},
    fence=Fence.OPEN,
    figures=Figures(by=("charged_on__year", "charged_on__month"), sums=("amount",)),
)
register(
    models.Quote,
    path="relation",
    erase=Anonymise(
        keep={"relation": KEY, "number": KEY, "issued_on": DATE, "total": AMOUNT},
        scrub=("activity", "title", "text"),
    ),
    hard_delete_blockers={"QUOTES": Q()},
    figures=Figures(by=("issued_on__year",), sums=("total",)),
    totals={"total": "money"},
)
register(
    models.Order,
    path="relation",
    erase=Anonymise(
        keep={"relation": KEY, "number": KEY, "total": AMOUNT}
        | dict.fromkeys(("ordered_on", "delivered_on", "invoiced_on"), DATE),
        scrub=("description", "extra_info"),
    ),
    blockers=(
        Blocker(
            "OPEN_ORDER",  # R96
            ngettext_lazy(
                "%(count)d order is not delivered or not invoiced yet",
                "%(count)d orders are not delivered or not invoiced yet",
                "count",
            ),
            _("has orders that are not delivered or not invoiced yet"),
            when=Q(delivered_on=None) | Q(invoiced_on=None),
            solve="billing:relation_orders",
            stage=Stage.ERASE,
        ),
    ),
    hard_delete_blockers={"ORDERS": Q()},
    fence=Fence.UPDATES,
    figures=Figures(by=("ordered_on__year",), sums=("total",)),
    totals={"total": "money"},
)
register(
    models.Receipt,
    path="relation",
    erase=Anonymise(
        keep={"relation": KEY, "number": KEY, "received_on": DATE, "amount": AMOUNT}, scrub=("description",)
    ),
    hard_delete_blockers={"RECEIPTS": Q()},
    figures=Figures(by=("received_on__year",), sums=("amount",)),
    totals={"amount": "money"},
)
register(
    models.DirectDebitMandate,
    path="relation",
    archive=Stop("stopped_on"),  # R73
    erase=Anonymise(
        keep={"relation": KEY, "signed_on": DATE, "stopped_on": DATE},
        values={"reference": "random"},
        scrub=("iban", "account_holder"),
    ),
    hard_delete_blockers={"CONTRACTS": Q()},
)
register(
    models.Pledge,
    path="relation",
    archive=With(),  # R74
    erase=Anonymise(
        keep={"relation": KEY, "amount": AMOUNT, "starts_on": DATE, "ends_on": DATE, "archival": KEY},
        scrub=("description",),
    ),
    hard_delete_blockers={"CONTRACTS": Q()},
    figures=Figures(by=("starts_on__year",), sums=("amount",)),
)
register(
    models.Subscription,
    path="relation",
    erase=Anonymise(
        keep={"relation": KEY, "price": AMOUNT, "starts_on": DATE, "ends_on": DATE},
        scrub=("product", "database", "contractant"),
    ),
    blockers=(
        Blocker(
            "CONTRACTANT_LINK",
            ngettext_lazy(
                "%(count)d subscription is linked to a contractant",
                "%(count)d subscriptions are linked to a contractant",
                "count",
            ),
            _("has a subscription that is linked to a contractant"),
            when=~Q(contractant=""),
            solve="billing:relation_subscriptions",
        ),
    ),
    hard_delete_blockers={"CONTRACTS": Q()},
    fence=Fence.UPDATES,
    figures=Figures(by=("starts_on__year",), sums=("price",)),
)
register(
    models.Project,
    path="relation",
    erase=Anonymise(keep={"relation": KEY, "starts_on": DATE}, scrub=("name", "description")),
    hard_delete_blockers={"PROJECTS": Q()},
)
register(
    models.Reseller,
    path="relation",
    erase=Anonymise(keep={"relation": KEY, "since": DATE}, scrub=("name",)),
    hard_delete_blockers={"RESELLERS": Q()},
)
register(
    models.SentMail,
    path="relation",
    erase=Anonymise(keep={"relation": KEY, "sent_at": DATE}, scrub=("recipient", "subject", "body")),
    hard_delete_blockers={"SENT_MAIL": Q()},
)
exempt("billing.MonthLock", because="which month was locked, by whom; hours are TimesheetLine")
