"""What is kept by hand around a relation, with what its page is tried with (test_kept_pages.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from billing.agreements.mandates import save_mandate
from relations import keeping
from relations.kept import links
from relations.kept.people import actions as contacts
from tests import factories


@dataclass(frozen=True)
class Tried:
    """`page`_new and `page`_edit name the addresses; `answers` is a form filled in well, `wrong` {field: bad value}."""

    page: str
    tab: str
    factory: type
    answers: Callable
    wrong: dict
    changed: tuple  # (field, as it was, of the other, mine)
    save: Callable = keeping.keep
    at: str = "relation"
    query: str = ""  # of the address of a new one
    page_after: str = ""  # name of the address where one goes after saving, when that is not the tab

    @property
    def model(self):
        return self.factory._meta.model

    def new_page(self, relation):
        return reverse(f"{self.page}_new", args=[relation.pk]) + self.query

    def edit_page(self, thing):
        return reverse(f"{self.page}_edit", args=[thing.pk])

    def make(self, number, relation):
        return self.factory.create_batch(number, **{self.at: relation})

    def relation_of(self, thing):
        return getattr(thing, self.at)


KEPT = [
    Tried(
        "relations:contact",
        "contactpersonen",
        factories.ContactFactory,
        lambda: {"given_name": "Clara", "family_name": "Meer", "email": "clara@meer.example", "since": "2026-01-01"},
        {"family_name": "", "email": "geen", "phone": "12", "birth_date": "0001-01-01", "until": "2025-12-31"},
        ("function", "Directeur", "Controller", "Bestuurder"),
        save=contacts.save_contact,
        query="?persoon=nieuw",
    ),
    Tried(
        "relations:note",
        "notities",
        factories.NoteFactory,
        lambda: {"text": "Wil maandcijfers."},
        {"text": ""},
        ("text", "Wil maandcijfers.", "Wil jaarcijfers.", "Wil niets."),
    ),
    Tried(
        "relations:link",
        "koppelingen",
        factories.RelationLinkFactory,
        lambda: {"side": "parent", "other": factories.RelationFactory().number, "since": "2026-01-01"},
        {"side": "kennis", "other": "99999", "until": "2025-12-31"},
        ("since", date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)),
        save=links.save_link,
        at="from_relation",
    ),
    Tried(
        "relations:contract",
        "contracten",
        factories.ContractFactory,
        lambda: {"title": "Samenstellen", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "text": "Per jaar"},
        {"title": "", "starts_on": "9999-01-01", "ends_on": "2025-12-31"},
        ("title", "Samenstellen", "Adviseren", "Controleren"),
    ),
    Tried(
        "relations:function",
        "functies",
        factories.FunctionAssignmentFactory,
        lambda: {"function": "Bestuurslid", "since": "2026-01-01"},
        {"function": "", "since": "", "until": "2025-12-31"},
        ("function", "Bestuurslid", "Voorzitter", "Penningmeester"),
    ),
    Tried(
        "billing:subscription",
        "abonnementen",
        factories.SubscriptionFactory,
        lambda: {"product": "Office", "price": "29,50", "starts_on": "2026-03-01", "ends_on": "2026-12-31"},
        {"product": "", "price": "-1", "starts_on": "x", "ends_on": "2026-01-01"},
        ("product", "Office", "Office Plus", "Office Basis"),
    ),
    Tried(
        "billing:mandate",
        "incasso-afspraken",
        factories.DirectDebitMandateFactory,
        lambda: {"reference": "MAND1", "iban": "nl91 abna 0417 1643 00", "signed_on": "2026-03-01"},
        {"reference": "", "iban": "NL91ABNA0417164301", "signed_on": "", "stopped_on": "2026-01-01"},
        ("account_holder", "J. Smit", "J. Smits", "K. Bos"),
        save=save_mandate,
    ),
    Tried(
        "billing:pledge",
        "toezeggingen",
        factories.PledgeFactory,
        lambda: {"description": "Sponsoring", "amount": "25", "starts_on": "2026-03-01"},
        {"amount": "0", "starts_on": "", "ends_on": "2026-01-01"},
        ("description", "Sponsoring", "Gift", "Donatie"),
    ),
]
KEPT += [  # views/dossier.py, billing/agreements/views/quotes.py
    Tried(
        "relations:activity",
        "activiteiten",
        factories.ClientActivityFactory,
        lambda: {"subject": "Kennismaking", "kind": "call", "due_on": "2026-12-01", "text": "Over de jaarcijfers"},
        {"subject": "\u200b", "kind": "nergens", "owner": "0", "due_on": "9999-01-01"},
        ("subject", "Kennismaking", "Bellen", "Bezoek"),
        page_after="relations:activity",
    ),
    Tried(
        "relations:message",
        "berichten",
        factories.MessageFactory,
        lambda: {"subject": "Vraag", "direction": "in", "at": "2026-11-01T10:00", "body": "Kunt u mij bellen?"},
        {"subject": "", "direction": "opzij", "at": "gisteren"},
        ("subject", "Vraag", "Vraag over btw", "Vraag over loon"),
    ),
    Tried(
        "relations:document",
        "dossier",
        factories.DossierItemFactory,
        lambda: {"title": "Huurovereenkomst", "location": "R:/dossier/huur.pdf"},
        {"title": "", "owner": "nergens"},
        ("title", "Kopie huur", "Huur 2026", "Huurovereenkomst"),
    ),
    Tried(
        "relations:report",
        "rapporten",
        factories.ReportReferenceFactory,
        lambda: {"title": "Jaarrekening", "location": "R:/rapporten/2025.pdf"},
        {"title": "", "location": ""},
        ("title", "Jaarrekening", "Jaarrekening 2025", "Jaarrekening 2026"),
    ),
    Tried(
        "billing:quote",
        "offertes",
        factories.QuoteFactory,
        lambda: {"title": "Maandcijfers", "number": "OF26-014", "issued_on": "2026-11-01", "total": "600,00"},
        {"title": "", "number": "", "issued_on": "9999-01-01", "total": "-1", "activity": "0"},
        ("title", "Maandcijfers", "Jaarcijfers", "Samenstellen"),
    ),
]
