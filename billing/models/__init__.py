from billing.models.agreements import DirectDebitMandate, Pledge, Subscription
from billing.models.invoices import (
    OPEN_STATUSES,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceStatus,
    Payment,
    ReminderFee,
)
from billing.models.months import LOCKED, MonthLock
from billing.models.sales import Order, Quote, Receipt, Reseller, SentMail
from billing.models.time import Instalment, PriceAgreement, Project, Service, TimesheetLine

__all__ = [
    "LOCKED",
    "OPEN_STATUSES",
    "DirectDebitMandate",
    "Instalment",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceStatus",
    "MonthLock",
    "Order",
    "Payment",
    "Pledge",
    "PriceAgreement",
    "Project",
    "Quote",
    "Receipt",
    "ReminderFee",
    "Reseller",
    "SentMail",
    "Service",
    "Subscription",
    "TimesheetLine",
]
