"""A customer at the door, and one with one of everything that the portal shows."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portals.customer import sessions
from portals.models import CommunityPost, PortalAccount, TaskComment
from relations.models import DossierItem, Relation, Task, TaskKind
from tests import factories


def come_in(client, account):
    """Signed in without typing the password."""
    request, response = RequestFactory().get("/portaal/"), HttpResponse()
    sessions.begin(request, response, account)
    client.cookies[sessions.COOKIE] = response.cookies[sessions.COOKIE].value
    return client


@dataclass
class Customer:
    """`word` stands in everything that is theirs and nowhere else."""

    word: str
    relation: Relation
    account: PortalAccount
    subscription: object
    task: Task
    comment: TaskComment
    invoice: object
    document: DossierItem
    post: CommunityPost


def customer(word="GEHEIM"):
    relation = factories.RelationFactory(name=f"{word} B.V.", street=f"{word}straat 1")
    task = factories.TaskFactory(subject=f"{word} vraag", kind=TaskKind.SUPPORT)
    factories.TaskLinkFactory(task=task, relation=relation)
    return Customer(
        word,
        relation,
        factories.PortalAccountFactory(relation=relation, name=f"{word} Clara", active=True),
        factories.SubscriptionFactory(relation=relation, database="klant-nl-01", contractant=f"KL-{word}"),
        task,
        factories.TaskCommentFactory(task=task, relation=relation, text=f"{word} tekst", file_name=f"{word}.pdf"),
        factories.InvoiceFactory(relation=relation, number=f"{word[:12]}-1", addressee_name=f"{word} B.V."),
        factories.UploadedDossierItemFactory(relation=relation, title=f"{word} akte", shared_at=timezone.now()),
        factories.CommunityPostFactory(relation=relation, text="Hoe dien ik een suppletie in?"),
    )


def unlink(customer):
    """The contractant is free: nothing keeps the relation from the archive."""
    customer.subscription.database = customer.subscription.contractant = ""
    customer.subscription.save()


def settle(customer):
    """Paid, so that the relation can be erased."""
    customer.invoice.status, customer.invoice.paid = "paid", customer.invoice.total
    customer.invoice.save()


def relink(customer, other):
    """The contractant moves to `other`, the open task with it (R45-R54)."""
    database, contractant = customer.subscription.database, customer.subscription.contractant
    unlink(customer)
    other.subscription.ends_on = date(2026, 3, 3)
    unlink(other)
    factories.SubscriptionFactory(relation=other.relation, database=database, contractant=contractant)
    customer.task.links.update(relation=other.relation)
