from datetime import date

import factory

from portals import models
from tests.factories.accounts import EmployeeFactory
from tests.factories.billing import SubscriptionFactory
from tests.factories.relations import MOMENT, ArchivableFactory, RelationFactory


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


class PortalAccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PortalAccount

    relation = factory.SubFactory(RelationFactory)
    email = factory.Sequence(lambda n: f"klant{n}@bakkerij.example")


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
