import factory
from django.contrib.auth.models import Group

from crm.accounts.models import Employee


class EmployeeFactory(factory.django.DjangoModelFactory):
    """May what every employee may; AdminFactory() makes one who may what an administrator may."""

    class Meta:
        model = Employee
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"medewerker{n}@kantoor.example")
    name = factory.Sequence(lambda n: f"Medewerker {n}")
    password = factory.django.Password("geheim-12345")

    @factory.post_generation
    def roles(self, create, extracted, **_):
        names = extracted or ["Medewerker"]
        self.groups.set(Group.objects.filter(name__in=names))


def AdminFactory(**fields):
    return EmployeeFactory(roles=["Medewerker", "Beheerder"], **fields)
