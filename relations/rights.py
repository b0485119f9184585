"""What one may do with relations and what is kept about them; crm/accounts/roles.py says which role may what."""

from django.contrib.auth.decorators import permission_required

VIEW = "relations.view_relation"
ADD = "relations.add_relation"
CHANGE = "relations.change_relation"
ARCHIVE = "relations.archive_relation"
ERASE = "relations.erase_relation"
IMPORT = "relations.import_relation"
RESTRICT = "relations.restrict_relation"
DELETE_SMALL = "relations.delete_small"
SHARE_WITH_OFFICE = "relations.share_with_office"


def may(*rights):
    """Opens a view to who may look at relations and has all of `rights`; to others it answers 403."""
    return permission_required([VIEW, *rights], raise_exception=True)


may_view, may_change = may(), may(CHANGE)
