"""What archiving and erasing do to relations and what they own."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from archiving.policies import (
    DATE,
    STAFF,
    STATUS,
    SYSTEM,
    Anonymise,
    Blocker,
    Delete,
    EndOn,
    Fence,
    Orphans,
    Reassign,
    Reference,
    Retention,
    Stay,
    Unlink,
    With,
    exempt,
    register,
)
from relations import models

register(
    models.Relation,
    path="pk",
    archive=With(),
    erase=Anonymise(
        keep={
            "kind": STATUS,
            "status": STATUS,
            "former_since": DATE,
            "manager": STAFF,
            "created_at": DATE,
            "archival": SYSTEM,
            "erasure": SYSTEM,
            "search": SYSTEM,  # generated from the emptied columns
        },
        values={"name": models.ERASED_NAME, "number": "random"},
        scrub=(
            "legal_form",
            "invoice_debtor",
            "street",
            "postal_code",
            "city",
            "country",
            "mail_street",
            "mail_postal_code",
            "mail_city",
            "email",
            "phone",
            "mobile",
            "website",
            "kvk_number",
            "vat_number",
            "iban",
            "citizen_service_number",
            "birth_date",
            "newsletter",
            "opted_out_at",
            "free_fields",
            "restricted",  # nothing is left to withhold; reports must be able to say that it was erased
        ),
    ),
    blockers=(
        Blocker(
            "INVOICE_DEBTOR_FOR",  # R7
            ngettext_lazy(
                "invoice debtor of %(count)d other relation", "invoice debtor of %(count)d other relations", "count"
            ),
            _("is the invoice debtor of another relation"),
            when=Q(archival=None),
            solve="relations:debtor_for",
            path="invoice_debtor",
        ),
    ),
    references=(Reference("invoice_debtor"),),
    retention=Retention("due_diligence", "archival__at", _("client due diligence")),
)
register(models.RelationTag, path="relation", erase=Delete(), told=False)
register(
    models.Person,
    path="contacts__relation",
    erase=Orphans(
        link="contacts",
        rule=Anonymise(
            keep={"search": SYSTEM},  # generated from the emptied columns
            scrub=("given_name", "prefix", "family_name", "email", "phone", "mobile", "birth_date"),
        ),
    ),
    fence=Fence.OPEN,
)
register(models.Contact, path="relation", archive=With(), erase=Delete())  # R9
register(models.Note, path="relation", archive=With(), erase=Delete())  # R10
register(models.RelationLink, path=("from_relation", "to_relation"), archive=With(), erase=Delete())  # R11
register(
    models.Contract, path="relation", archive=With(), erase=Delete(), hard_delete_blockers={"CONTRACTS": Q()}
)  # R12
register(
    models.ClientActivity, path="relation", archive=With(), erase=Delete(), hard_delete_blockers={"ACTIVITIES": Q()}
)  # R13, R27
register(models.ActivityAttachment, path="activity__relation", erase=Delete(files=("file",)))  # R99
register(
    models.Task, path="links__relation", archive=Stay(), erase=Orphans(link="links", rule=Delete()), fence=Fence.OPEN
)  # R14, R24
register(models.TaskLink, path="relation", erase=Delete(), told=False, fence=Fence.UPDATES)
register(
    models.Appointment,
    path="relation",
    erase=Delete(),
    fence=Fence.UPDATES,
    hard_delete_blockers={"ACTIVITIES": Q()},
)  # R15, R25
register(models.Message, path="relation", erase=Delete(), hard_delete_blockers={"ACTIVITIES": Q()})  # R26
register(models.ReportReference, path="relation", erase=Delete())  # R16, R28
register(
    models.DossierItem,
    path="relation",
    archive=Reassign("owner", question="new_owner", when=~Q(relation=F("owner"))),  # R76
    erase=Delete(optional_files=("file",)),  # R29, R92
    references=(Reference("owner"),),
)
register(
    models.SbrReport,
    path="relation",
    erase=(
        Delete(when=Q(origin=models.SbrOrigin.OWN)),
        Unlink(when=Q(origin=models.SbrOrigin.VISIONPLANNER)),
    ),
)  # R30
register(
    models.FunctionAssignment,
    path="relation",
    archive=EndOn("until", question="function_end_date", since="since"),  # R78
    erase=Delete(),
)
register(models.RelationVisit, path="relation", erase=Delete(), told=False, fence=Fence.OPEN)
register(models.SelectionMember, path="relation", erase=Delete(), told=False, fence=Fence.OPEN)
register(models.RelationUserPermission, path="content_object", erase=Delete(), told=False, fence=Fence.OPEN)
register(models.RelationGroupPermission, path="content_object", erase=Delete(), told=False, fence=Fence.OPEN)
register(models.Deletion, path="relation", erase=Delete(), told=False)  # says nothing of what was deleted
register(models.RelationImportRow, path="relation", erase=Delete(), told=False, fence=Fence.OPEN)

exempt("relations.RelationImport", because="the mapping holds column names; rows of a file are RelationImportRow")
exempt("relations.Tag", because="a word of the office's vocabulary")
exempt("relations.Selection", because="a name and an owner; the relations in it are SelectionMember")
exempt("relations.SavedFilter", because="a question of the office; whether it names somebody is for a person to judge")
exempt("relations.FilterPin", because="which saved filter is a tab of whose list")
exempt("relations.CalendarFeed", because="whose agenda is read at which secret address, of which only a hash is kept")
exempt("relations.ListPreference", because="keys of columns and of a saved filter")
