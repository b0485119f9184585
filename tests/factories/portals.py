from datetime import date

import factory
from django.contrib.auth.hashers import make_password

from portals import models
from relations.models import TaskKind
from tests.factories.accounts import EmployeeFactory
from tests.factories.billing import SubscriptionFactory
from tests.factories.relations import MOMENT, ArchivableFactory, RelationFactory, TaskFactory

PASSWORD = "geheim-12345"


def a_password():
    return make_password(PASSWORD)


class PortalLinkFactory(factory.django.DjangoModelFactory):
    """A live link with Pinkweb."""

    class Meta:
        model = models.PortalLink

    relation = factory.SubFactory(RelationFactory)
    provider = models.PortalProvider.PINKWEB
    external_id = factory.Sequence(lambda n: f"PW-{n:05}")
    since = date(2026, 1, 1)


class ContractantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Contractant

    database = "staff-nl-04"
    code = factory.Sequence(lambda n: f"KL-{n:04}")


class ContractantLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContractantLink

    contractant = factory.SubFactory(ContractantFactory)
    relation = factory.SubFactory(RelationFactory)
    since = date(2026, 1, 1)
    until = date(2026, 2, 1)
    by = factory.SubFactory(EmployeeFactory)


class RelinkingFactory(factory.django.DjangoModelFactory):
    """From one relation to another; nothing is linked now."""

    class Meta:
        model = models.Relinking

    contractant = factory.SubFactory(ContractantFactory)
    old_subscription = factory.SubFactory(SubscriptionFactory)
    new_subscription = factory.SubFactory(SubscriptionFactory)
    old_relation = factory.SelfAttribute("old_subscription.relation")
    new_relation = factory.SelfAttribute("new_subscription.relation")
    by = factory.SubFactory(EmployeeFactory)


def linked(relation, *, database="staff-nl-04", code="KL-0421", **fields):
    """The running subscription of `relation` that carries the contractant, which is linked since it started."""
    contractant, _ = models.Contractant.objects.get_or_create(database=database, code=code)
    subscription = SubscriptionFactory(relation=relation, database=database, contractant=code, **fields)
    ContractantLinkFactory(contractant=contractant, relation=relation, since=subscription.starts_on, until=None)
    return subscription


class AccountTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AccountType

    name = factory.Sequence(lambda n: f"Klant {n}")


class PortalAccountFactory(factory.django.DjangoModelFactory):
    """Invited; `active=True` has a password and signs in, `blocked=True` could until it was blocked."""

    class Meta:
        model = models.PortalAccount

    relation = factory.SubFactory(RelationFactory)
    email = factory.Sequence(lambda n: f"klant{n}@bakkerij.example")
    name = "Clara van der Meer"

    class Params:
        active = factory.Trait(state=models.AccountState.ACTIVE, password=factory.LazyFunction(a_password))
        blocked = factory.Trait(
            state=models.AccountState.BLOCKED,
            password=factory.LazyFunction(a_password),
            block_message="Bel ons over de openstaande facturen.",
            blocked_at=MOMENT,
            blocked_by=factory.SubFactory(EmployeeFactory),
        )


class MailSenderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MailSender

    name = "Kantoor De Wit"
    address = "info@kantoor.example"
    by = factory.SubFactory(EmployeeFactory)


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """An invitation that waits."""

    class Meta:
        model = models.OutgoingMail

    account = factory.SubFactory(PortalAccountFactory)
    kind = models.MailKind.INVITATION


class TaskCommentFactory(factory.django.DjangoModelFactory):
    """By the customer, with a file."""

    class Meta:
        model = models.TaskComment

    task = factory.SubFactory(TaskFactory, kind=TaskKind.SUPPORT)
    relation = factory.SubFactory(RelationFactory)
    author_name = "Clara van der Meer"
    text = "Hierbij de bon."
    file = factory.django.FileField(filename="bon.pdf", data=b"%PDF-1.4 bon")
    file_name = "bon.pdf"


class CommunityPostFactory(ArchivableFactory):
    class Meta:
        model = models.CommunityPost

    relation = factory.SubFactory(RelationFactory)
    author_name = "Clara"
    text = "Hoe dien ik een suppletie in?"
    at = MOMENT


class ReactionFactory(ArchivableFactory):
    class Meta:
        model = models.Reaction

    post = factory.SubFactory(CommunityPostFactory)
    relation = factory.SubFactory(RelationFactory)
    kind = models.ReactionKind.REPLY
    text = "Via het formulier."
    at = MOMENT
