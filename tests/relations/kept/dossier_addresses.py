"""The addresses of activities, documents and deleting, for tests/architecture/test_every_address.py."""

from tests.billing.test_access import BOTH, READ, WRITE
from tests.factories import (
    ActivityAttachmentFactory,
    ClientActivityFactory,
    DossierItemFactory,
    MessageFactory,
    RelationFactory,
    ReportReferenceFactory,
    UploadedDossierItemFactory,
)

# URL name → (what makes the object in its address, methods)
ADDRESSES = {
    "relations:relation_former": (RelationFactory, BOTH),
    "relations:relation_moving": (RelationFactory, WRITE),
    "relations:relation_deletion": (RelationFactory, READ),
    "relations:deletion": (RelationFactory, BOTH),
    "relations:activity": (ClientActivityFactory, READ),
    "relations:activity_finishing": (ClientActivityFactory, WRITE),
    "relations:activity_reopening": (ClientActivityFactory, WRITE),
    "relations:activity_moving": (ClientActivityFactory, BOTH),
    "relations:activity_attachments": (ClientActivityFactory, WRITE),
    "relations:activity_notes": (ClientActivityFactory, WRITE),
    "relations:activity_new": (RelationFactory, BOTH),
    "relations:activity_edit": (ClientActivityFactory, BOTH),
    "relations:message_new": (RelationFactory, BOTH),
    "relations:message_edit": (MessageFactory, BOTH),
    "relations:document_new": (RelationFactory, BOTH),
    "relations:document_edit": (DossierItemFactory, BOTH),
    "relations:report_new": (RelationFactory, BOTH),
    "relations:report_edit": (ReportReferenceFactory, BOTH),
    "relations:attachment_file": (ActivityAttachmentFactory, READ),
    "relations:document_file": (UploadedDossierItemFactory, READ),
}
