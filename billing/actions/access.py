"""The door every write in billing and portals goes through."""

from django.db import IntegrityError, transaction

from crm.core.refusals import Refusal
from relations.kept.actions import CHANGE, relation_to_change

__all__ = ["CHANGE", "VIEW", "relation_to_change", "save_unique"]

VIEW = "relations.view_relation"
UNIQUE_VIOLATION = "23505"


def save_unique(row, sentence):
    """Save `row`; a Refusal with `sentence` when somebody else just took what may be there only once."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) != UNIQUE_VIOLATION:
            raise
        raise Refusal(sentence) from error
