"""The three acts in one word each, for tests that are about something else than their arguments."""

from archiving.acts import archiving, erasing, restoring
from tests import factories

ANSWERS = {"open_invoices": True, "community": "delete", "retention": True}


def archive(*relations, by, **answers):
    pks = [relation.pk for relation in relations]
    return archiving.archive(pks, by=by, reason="switched", note="Overgestapt", answers=ANSWERS | answers)


def restore(*relations, by):
    return restoring.restore([relation.pk for relation in relations], by=by)


def erase(*relations, by, keep_files=(), **answers):
    pks = [relation.pk for relation in relations]
    return erasing.erase(pks, by=by, reason="request", answers=ANSWERS | answers, keep_files=keep_files)


def archived(relation, by):
    archive(relation, by=by)
    return relation


def with_invoice():
    """A relation that can only be anonymised."""
    return factories.InvoiceFactory(settled=True).relation
