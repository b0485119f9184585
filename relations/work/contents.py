"""What hangs under a task: the items of its checklist, and what it refers to besides relations."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations import keeping
from relations.models import DossierItem
from relations.rights import CHANGE
from relations.work.actions import locked

MOST = 50  # of each: more is no list but a project


def items_of(texts):
    """A checklist of new items, one a text."""
    return [{"key": key, "text": text, "done": False} for key, text in enumerate(texts, start=1)]


@transaction.atomic
def add_item(task, text, *, by):
    return _add(task, "checklist", {"text": text, "done": False}, by)


@transaction.atomic
def tick_item(task, key, done, *, by):
    """Mark the item as done or not; twice the same is no change."""
    task, item = _found(task, "checklist", key, by)
    item["done"] = done
    keeping.save(task, by=by)


@transaction.atomic
def remove_item(task, key, *, by):
    _remove(task, "checklist", key, by)


@transaction.atomic
def add_document(task, document, *, by):
    """Refer to a document of one of the task's relations."""
    if not documents_of(task).filter(pk=document.pk).exists():
        raise Refusal(_("Choose a document of a relation that the task is linked to."), status=422)
    if any(reference.get("document") == document.pk for reference in locked(task).references):
        raise Refusal(_("This document is linked to the task already."))
    return _add(task, "references", {"document": document.pk}, by)


@transaction.atomic
def add_reference(task, *, title, location, by):
    """Refer to anything else, by what it is called and where it is."""
    return _add(task, "references", {"title": title, "location": location}, by)


@transaction.atomic
def remove_reference(task, key, *, by):
    _remove(task, "references", key, by)


def documents_of(task):
    return DossierItem.objects.filter(relation__task_links__task=task)


def _add(task, name, entry, by):
    require(by, CHANGE)
    task = locked(task)
    entries = getattr(task, name)
    if len(entries) >= MOST:
        raise Refusal(_("There are %(most)d already. Make another task for the rest.") % {"most": MOST}, status=422)
    key = max((there["key"] for there in entries), default=0) + 1
    entries.append({"key": key, **entry})
    keeping.save(task, by=by)
    return task


def _remove(task, name, key, by):
    task, entry = _found(task, name, key, by)
    getattr(task, name).remove(entry)
    keeping.save(task, by=by)


def _found(task, name, key, by):
    """(task, entry), the task locked."""
    require(by, CHANGE)
    task = locked(task)
    for entry in getattr(task, name):
        if entry["key"] == key:
            return task, entry
    raise Refusal(_("This has been removed from the task meanwhile."))
