from datetime import UTC, date, datetime

import factory
from django.db import transaction

from archiving import fences
from archiving.models import Archival
from relations import models
from tests.factories.accounts import EmployeeFactory

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ArchivableFactory(factory.django.DjangoModelFactory):
    """`archived=True` makes a row that an act of long ago archived by itself."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, archived=False, **fields):
        row = super()._create(model_class, *args, **fields)
        if archived:
            relation = row if isinstance(row, models.Relation) else getattr(row, "relation", None) or row.from_relation
            with transaction.atomic(), fences.lifted():
                row.archival = Archival.objects.create(
                    root=relation,
                    by=EmployeeFactory(),
                    at=MOMENT,
                    reason="other",
                    # the act of a single row is no open act of the relation
                    **({} if row is relation else {"restored_by": EmployeeFactory(), "restored_at": MOMENT}),
                )
                model_class._base_manager.filter(pk=row.pk).update(archival=row.archival)
        return row


class RelationFactory(ArchivableFactory):
    class Meta:
        model = models.Relation

    number = factory.Sequence(lambda n: str(50001 + n))
    name = factory.Sequence(lambda n: f"Bakkerij {n} B.V.")
    email = factory.Sequence(lambda n: f"info{n}@bakkerij.example")
    street = "Dorpsstraat 12"
    postal_code = "3511 AB"
    city = "Utrecht"


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Tag

    name = factory.Sequence(lambda n: f"Kenmerk {n}")


class RelationTagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RelationTag

    relation = factory.SubFactory(RelationFactory)
    tag = factory.SubFactory(TagFactory)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Person

    given_name = "Clara"
    prefix = "van der"
    family_name = factory.Sequence(lambda n: f"Meer{n}")
    email = factory.Sequence(lambda n: f"clara{n}@bakkerij.example")


class ContactFactory(ArchivableFactory):
    class Meta:
        model = models.Contact

    relation = factory.SubFactory(RelationFactory)
    person = factory.SubFactory(PersonFactory)
    function = "Directeur"


class ClientActivityFactory(ArchivableFactory):
    class Meta:
        model = models.ClientActivity

    relation = factory.SubFactory(RelationFactory)
    subject = "Kennismaking"
    owner = factory.SubFactory(EmployeeFactory)


class ActivityAttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ActivityAttachment

    activity = factory.SubFactory(ClientActivityFactory)
    name = "verslag.pdf"
    file = factory.django.FileField(filename="verslag.pdf", data=b"verslag")


class NoteFactory(ArchivableFactory):
    class Meta:
        model = models.Note

    relation = factory.SubFactory(RelationFactory)
    text = "Wil maandelijkse cijfers."
    author = factory.SubFactory(EmployeeFactory)


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Task

    subject = "BTW-aangifte"


class TaskLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TaskLink

    task = factory.SubFactory(TaskFactory)
    relation = factory.SubFactory(RelationFactory)


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Appointment

    relation = factory.SubFactory(RelationFactory)
    subject = "Jaargesprek"
    starts_at = MOMENT
    ends_at = MOMENT
    employee = factory.SubFactory(EmployeeFactory)


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Message

    relation = factory.SubFactory(RelationFactory)
    direction = models.MessageDirection.IN
    subject = "Vraag over de aangifte"
    body = "Kunt u mij bellen?"
    at = MOMENT


class RelationLinkFactory(ArchivableFactory):
    class Meta:
        model = models.RelationLink

    from_relation = factory.SubFactory(RelationFactory)
    to_relation = factory.SubFactory(RelationFactory)
    kind = models.LinkKind.PARTNER


class ContractFactory(ArchivableFactory):
    class Meta:
        model = models.Contract

    relation = factory.SubFactory(RelationFactory)
    title = "Opdrachtbevestiging"


class ReportReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportReference

    relation = factory.SubFactory(RelationFactory)
    title = "Jaarrekening 2025"
    location = "R:/rapporten/2025/jaarrekening.pdf"


class DossierItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DossierItem

    relation = factory.SubFactory(RelationFactory)
    title = "Kopie huurovereenkomst"
    location = "R:/dossier/huur.pdf"


class UploadedDossierItemFactory(DossierItemFactory):
    location = ""
    file = factory.django.FileField(filename="huur.pdf", data=b"huur")


class SbrReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SbrReport

    relation = factory.SubFactory(RelationFactory)
    kind = "OB-aangifte"
    period = "2026-Q1"


class FunctionAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FunctionAssignment

    relation = factory.SubFactory(RelationFactory)
    function = "Bestuurslid"
    since = date(2024, 1, 1)


class SavedFilterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SavedFilter

    owner = factory.SubFactory(EmployeeFactory)
    name = factory.Sequence(lambda n: f"Filter {n}")
    query = "status=former"


class SelectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Selection

    owner = factory.SubFactory(EmployeeFactory)
    name = factory.Sequence(lambda n: f"Selectie {n}")


class SelectionMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SelectionMember

    selection = factory.SubFactory(SelectionFactory)
    relation = factory.SubFactory(RelationFactory)


class RelationVisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RelationVisit

    employee = factory.SubFactory(EmployeeFactory)
    relation = factory.SubFactory(RelationFactory)
    at = MOMENT


class RelationImportRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RelationImportRow

    source = factory.LazyFunction(lambda: models.RelationImport.objects.create(by=EmployeeFactory()))
    line = 2
    relation = factory.SubFactory(RelationFactory)
