"""Setting relations to former: the client left, the history and the reports stay (R101)."""

from django.db import connection, transaction
from django.db.models import Value, When
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.jobs import settling
from crm.jobs.models import ItemState, JobItem
from relations.models import Relation, RelationStatus
from relations.record import actions as relations

OPERATION = "set_former"
COLUMNS = ["status", "former_since"]
STATES = {**settling.STATES, "ALREADY_FORMER": ItemState.UNCHANGED}
ALREADY = When(target__status=RelationStatus.FORMER, then=Value("ALREADY_FORMER"))


@transaction.atomic
def set_former(relation, *, since, by):
    """One relation, from its page; what plan() does for many."""
    current = Relation.objects.select_for_update().get(pk=relation.pk)
    refuse_if_former(current)
    current.status, current.former_since = RelationStatus.FORMER, since
    relations.change_only(current, COLUMNS, by=by)


def refuse_if_former(relation):
    """It keeps the date it has, which can be changed by editing."""
    if relation.is_former:
        raise Refusal(_("This relation is former already. Its date can be changed by editing the relation."))


def plan(job, *, since):
    """A relation that is former already keeps the date it has."""
    return settling.plan(
        job,
        settling.ERASED,
        settling.ARCHIVED,
        ALREADY,
        states=STATES,
        parameters={"since": since.isoformat()},
        shown={"columns": COLUMNS},
        prepare=lambda job: _values(job, since),
    )


def _values(job, since):
    """What each relation has and what it gets: written by the same code as any change of properties (bulk/writing)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {JobItem._meta.db_table} item "
            "SET before = jsonb_build_object('status', r.status, 'former_since', r.former_since), "
            "after = jsonb_build_object('status', %s::text, 'former_since', %s::date) "
            f"FROM {Relation._meta.db_table} r WHERE r.id = item.target_id AND item.job_id = %s AND item.state = %s",
            [RelationStatus.FORMER, since, job.pk, ItemState.WAITING],
        )
