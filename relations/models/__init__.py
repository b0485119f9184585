from relations.models.access import SEEING, RelationGroupPermission, RelationUserPermission
from relations.models.activities import (
    ActivityAttachment,
    ActivityKind,
    Appointment,
    ClientActivity,
    Message,
    MessageDirection,
    Note,
)
from relations.models.calendar_feeds import CalendarFeed
from relations.models.contacts import Contact, Person
from relations.models.deletions import Deletion, DeletionReason
from relations.models.imports import RelationImport, RelationImportRow, RowOutcome
from relations.models.kept import (
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
from relations.models.relations import ERASED_NAME, Relation, RelationKind, RelationStatus, RelationTag, Tag
from relations.models.saved_filters import FilterPin, ListPreference, SavedFilter
from relations.models.selections import Selection, SelectionMember
from relations.models.tasks import Rhythm, Task, TaskKind, TaskLink
from relations.models.visits import RelationVisit

__all__ = [
    "ERASED_NAME",
    "MUTUAL",
    "SEEING",
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
