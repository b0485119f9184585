from relations.models.access import SEEING, RelationGroupPermission, RelationUserPermission
from relations.models.calendar_feeds import CalendarFeed
from relations.models.deletions import Deletion, DeletionReason
from relations.models.dossier import (
    MUTUAL,
    Contract,
    DossierItem,
    FunctionAssignment,
    LinkKind,
    RelationLink,
    ReportReference,
    SbrOrigin,
    SbrReport,
)
from relations.models.imports import RelationImport, RelationImportRow, RowOutcome
from relations.models.people import Contact, Person
from relations.models.relations import ERASED_NAME, Relation, RelationKind, RelationStatus, RelationTag, Tag
from relations.models.saved_filters import FilterPin, ListPreference, SavedFilter
from relations.models.selections import Selection, SelectionMember
from relations.models.sharing import SHARE_WITH_OFFICE
from relations.models.tasks import Rhythm, Task, TaskKind, TaskLink
from relations.models.visits import RelationVisit
from relations.models.work import (
    ActivityAttachment,
    ActivityKind,
    Appointment,
    ClientActivity,
    Message,
    MessageDirection,
    Note,
)

__all__ = [
    "ERASED_NAME",
    "MUTUAL",
    "SEEING",
    "SHARE_WITH_OFFICE",
    "ActivityAttachment",
    "ActivityKind",
    "Appointment",
    "CalendarFeed",
    "ClientActivity",
    "Contact",
    "Contract",
    "Deletion",
    "DeletionReason",
    "DossierItem",
    "FilterPin",
    "FunctionAssignment",
    "LinkKind",
    "ListPreference",
    "Message",
    "MessageDirection",
    "Note",
    "Person",
    "Relation",
    "RelationGroupPermission",
    "RelationImport",
    "RelationImportRow",
    "RelationKind",
    "RelationLink",
    "RelationStatus",
    "RelationTag",
    "RelationUserPermission",
    "RelationVisit",
    "ReportReference",
    "Rhythm",
    "RowOutcome",
    "SavedFilter",
    "SbrOrigin",
    "SbrReport",
    "Selection",
    "SelectionMember",
    "Tag",
    "Task",
    "TaskKind",
    "TaskLink",
]
