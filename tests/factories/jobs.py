import factory

from crm.jobs import models
from tests.factories.accounts import EmployeeFactory
from tests.factories.relations import RelationFactory


class JobFactory(factory.django.DjangoModelFactory):
    """A draft of which nothing is decided yet."""

    class Meta:
        model = models.Job

    by = factory.SubFactory(EmployeeFactory)


class JobItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.JobItem

    job = factory.SubFactory(JobFactory)
    target = factory.SubFactory(RelationFactory)
    before = {"city": "Utrecht"}
    after = {"city": "Amersfoort"}
