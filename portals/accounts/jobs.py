"""Accounts of all relations of a job: what will happen to each, and doing a chunk (R81-R84)."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower

from archiving.reach import among
from crm.jobs import freezing, settling
from crm.jobs.models import ItemState, JobItem
from crm.jobs.operations import Result
from portals.accounts import actions as accounts
from portals.models import AccountState, AccountType, MailState, OutgoingMail, PortalAccount
from relations.models import Relation

MINE = PortalAccount.objects.filter(relation=OuterRef("target"))
WITH_ITS_ADDRESS = PortalAccount.objects.alias(address=Lower("email")).filter(address=Lower(OuterRef("target__email")))
STATES = {
    **settling.STATES,
    "NO_EMAIL": ItemState.SKIPPED,
    "HAS_ACCOUNT": ItemState.UNCHANGED,
    "EMAIL_TAKEN": ItemState.SKIPPED,
    "EMAIL_TWICE": ItemState.SKIPPED,
    "NO_ACCOUNT": ItemState.SKIPPED,
    "ALL_BLOCKED": ItemState.SKIPPED,
    "ALREADY_BLOCKED": ItemState.UNCHANGED,
    "NOT_BLOCKED": ItemState.UNCHANGED,
}


def _when(condition, code):
    return When(condition, then=Value(code))


HAS_NONE = _when(~Exists(MINE), "NO_ACCOUNT")


@dataclass(frozen=True)
class Act:
    """`rules` give the code of relations to which it does not apply; `accounts`: the accounts that it is done to."""

    rules: tuple
    accounts: Q = Q()

    def plan(self, job, parameters=None, prepare=None):
        counted = PortalAccount.objects.filter(self.accounts, relation__in=freezing.targets(job).filter(archival=None))
        return settling.plan(
            job,
            settling.ERASED,
            settling.ARCHIVED,
            *self.rules,
            states=STATES,
            parameters=parameters or {},
            facts={"accounts": counted.count()},
            prepare=prepare,
        )

    def of(self, items):
        """{relation id: [account id]} of those relations of a chunk that are active still."""
        rows = PortalAccount.objects.filter(
            self.accounts, relation__in=among([item.target_id for item in items]), relation__archival=None
        )
        found = {}
        for relation, pk in rows.order_by("pk").values_list("relation", "pk"):
            found.setdefault(relation, []).append(pk)
        return found


IS_OPEN = ~Q(state=AccountState.BLOCKED)
RESET = Act((HAS_NONE, _when(~Exists(MINE.open()), "ALL_BLOCKED")), IS_OPEN)
DELETE = Act((HAS_NONE,))
BLOCK = Act((HAS_NONE, _when(~Exists(MINE.open()), "ALREADY_BLOCKED")), IS_OPEN)
UNBLOCK = Act((HAS_NONE, _when(~Exists(MINE.blocked()), "NOT_BLOCKED")), Q(state=AccountState.BLOCKED))


# --- making accounts -------------------------------------------------------------------------------------------------


def plan_creating(job, *, account_type, prepare=None):
    """The e-mail address of the relation is what its customer signs in with."""
    return settling.plan(
        job,
        settling.ERASED,
        settling.ARCHIVED,
        _when(Q(target__email=""), "NO_EMAIL"),
        _when(Exists(WITH_ITS_ADDRESS.filter(relation=OuterRef("target"))), "HAS_ACCOUNT"),
        _when(Exists(WITH_ITS_ADDRESS), "EMAIL_TAKEN"),
        _when(Q(target__in=among(_twice(job))), "EMAIL_TWICE"),
        states=STATES,
        parameters={"account_type": account_type.pk},
        prepare=prepare,
    )


def _twice(job):
    """Relations of the set whose address another one of it, with a lower key, has too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM (SELECT r.id, row_number() OVER (PARTITION BY lower(r.email) ORDER BY r.id) AS turn "
            f"FROM {JobItem._meta.db_table} i JOIN {Relation._meta.db_table} r ON r.id = i.target_id "
            "WHERE i.job_id = %s AND r.email <> '' AND r.archival_id IS NULL) AS listed WHERE turn > 1",
            [job.pk],
        )
        return [pk for (pk,) in cursor.fetchall()]


def create(job, items):
    """One chunk, for crm.jobs.running. Tried again: who was made then but got no mail is sent another."""
    relations = Relation.objects.active().in_bulk([item.target_id for item in items])
    wanted = [(pk, relation.email, _name(relation)) for pk, relation in relations.items() if relation.email]
    account_type = AccountType.objects.filter(pk=job.parameters.get("account_type")).first()
    if job.parameters and not account_type:
        return {item.pk: Result(ItemState.SKIPPED, "NO_TYPE") for item in items}
    made = accounts.create(wanted, account_type=account_type, by=job.by, job=job) if account_type else {}
    there = _there(relations, made)
    again = _without_mail(there.values(), job)
    accounts.send_links(again, by=job.by, job=job)
    return {
        item.pk: _verdict(relations.get(item.target_id), there.get(item.target_id), again)
        for item in items
        if item.target_id not in made
    }


def _name(relation):
    """Of the account: 120 letters is what fits."""
    return relation.name[:120]


def _there(relations, made):
    """{relation id: id of the account that has its address and is its own}."""
    wanted = {(pk, relation.email.lower()) for pk, relation in relations.items() if pk not in made}
    rows = PortalAccount.objects.filter(relation__in=among([pk for pk, _email in wanted]))
    return {
        relation: pk
        for relation, pk, email in rows.values_list("relation", "pk", "email")
        if (relation, email.lower()) in wanted
    }


def _without_mail(account_ids, job):
    """Those whose mail of this very job was given up."""
    failed = OutgoingMail.objects.filter(account__in=among(account_ids), job=job, state=MailState.FAILED)
    return set(failed.values_list("account", flat=True))


def _verdict(relation, account, again):
    if relation is None:
        return Result(ItemState.SKIPPED, "ARCHIVED")
    if account:
        return Result(ItemState.DONE) if account in again else Result(ItemState.UNCHANGED, "HAS_ACCOUNT")
    return Result(ItemState.SKIPPED, "EMAIL_TAKEN" if relation.email else "NO_EMAIL")


# --- the others ------------------------------------------------------------------------------------------------------


def reset(job, items):
    """A mail that waits for another job is that job's to tell of: none is sent beside it."""
    waits = _that_wait(items, job)
    others = [item for item in items if item.pk not in waits]
    return waits | _do(job, others, RESET, "ALL_BLOCKED", lambda ids: accounts.send_links(ids, by=job.by, job=job))


def _that_wait(items, job):
    """{item id: Result} of those of whom every account has a mail waiting already, asked for elsewhere."""
    waiting = OutgoingMail.objects.filter(account=OuterRef("pk"), state=MailState.WAITING).exclude(job=job)
    mine = PortalAccount.objects.filter(RESET.accounts, relation__in=among([item.target_id for item in items]))
    rows = mine.annotate(waits=Exists(waiting)).values_list("relation", "waits")
    found = {relation for relation, waits in rows if waits} - {relation for relation, waits in rows if not waits}
    return {item.pk: Result(ItemState.UNCHANGED, "MAIL_WAITS") for item in items if item.target_id in found}


def delete(job, items):
    return _do(job, items, DELETE, "NO_ACCOUNT", lambda ids: accounts.delete(ids, by=job.by))


def block(job, items):
    message = job.parameters.get("message", "")
    return _do(job, items, BLOCK, "ALREADY_BLOCKED", lambda ids: accounts.block(ids, message=message, by=job.by))


def unblock(job, items):
    return _do(job, items, UNBLOCK, "NOT_BLOCKED", lambda ids: accounts.unblock(ids, by=job.by))


def _do(job, items, act, otherwise, verb):
    """`verb` to the accounts of a chunk; relations that have none for it (any more) get the outcome `otherwise`."""
    found = act.of(items)
    verb([pk for keys in found.values() for pk in keys])
    rest = [item for item in items if item.target_id not in found]
    rows = Relation.objects.active().filter(pk__in=among([item.target_id for item in rest]))
    active = set(rows.values_list("pk", flat=True))
    closed, other = Result(ItemState.SKIPPED, "ARCHIVED"), Result(STATES[otherwise], otherwise)
    return {item.pk: other if item.target_id in active else closed for item in rest}
