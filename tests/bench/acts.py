"""Blockers, archiving, restoring and erasing through the real engine, in chunks of a thousand relations."""

from itertools import batched

from django.db import connection, transaction
from django.utils import timezone

from archiving.acts import archiving, erasing, restoring
from archiving.models import ArchiveReason, ErasureReason
from archiving.plans import archive_and_restore as planning
from archiving.plans.erase import plan_erase
from archiving.policies import Stage
from crm.accounts.models import Employee
from crm.demo import staff
from crm.demo.states import answers_to
from relations.models import Relation, RelationStatus
from tests.bench import act_jobs, floors, office
from tests.bench.measuring import Stopwatch, report, whatever_happens

CHUNK = 1000
ACTS = ("archive", "restore", "erase")
GOALS = {"blockers": 12, "archive": 3.5, "restore": 3, "erase": 1.5}
GOALS |= {"archive through a job": GOALS["archive"], "undo of that job": GOALS["restore"]}


def measure(size, *, runs):
    with whatever_happens(f"blockers {size}"):
        _blockers(size, runs)
    with whatever_happens(f"archive, restore and erase {size}"):
        _life_cycle(size, runs)


def _blockers(size, runs):
    ids = list(Relation.objects.active().order_by("pk").values_list("pk", flat=True)[:size])
    planning.blockers(ids[:1], Stage.ARCHIVE)  # what is loaded once is not timed
    ours = [_timed(lambda: planning.blockers(ids, Stage.ARCHIVE)) for _ in range(runs)]
    floor = [_timed(lambda: _read(ids)) for _ in range(runs)]
    report("blockers", len(ids), ours, floor, goal=GOALS["blockers"])


def _read(ids):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM relations_relation WHERE id = ANY(%s)", [ids])
        cursor.fetchall()


def _life_cycle(size, runs):
    """The same relations every run: archived and restored for real, erased and rolled back while they are archived."""
    admin = Employee.objects.get(email=staff.ADMIN)
    chunks = [list(chunk) for chunk in batched(_without_blockers(size), CHUNK)]
    ours, bare = {act: [] for act in GOALS if act != "blockers"}, {act: [] for act in ACTS}
    for _ in range(runs):
        office.tidy()
        bare["archive"].append(floors.timed(floors.archive, chunks))
        ours["archive"].append(_archive(chunks, admin))
        office.tidy()
        bare["erase"].append(floors.timed(floors.erase, chunks))
        ours["erase"].append(_erase(chunks, admin))
        office.tidy()
        bare["restore"].append(floors.timed(floors.restore, chunks))
        ours["restore"].append(_restore(chunks, admin))
        office.tidy()
        job, seconds = act_jobs.archive([pk for chunk in chunks for pk in chunk], admin)
        ours["archive through a job"].append(seconds)
        office.tidy()
        ours["undo of that job"].append(act_jobs.undo(job, admin)[1])
    bare |= {"archive through a job": bare["archive"], "undo of that job": bare["restore"]}
    for act in ours:
        report(act, sum(map(len, chunks)), ours[act], bare[act], goal=GOALS[act])


def _without_blockers(size):
    ids = list(
        Relation.objects.active().exclude(status=RelationStatus.PROSPECT).order_by("pk").values_list("pk", flat=True)
    )
    blocked = planning.blockers(ids, Stage.ARCHIVE)
    return [pk for pk in ids if pk not in blocked][:size]


def _archive(chunks, admin):
    watch = Stopwatch()
    for chunk in chunks:
        answers = answers_to(planning.plan_archive(chunk), today=timezone.localdate())
        with watch.running():
            archiving.archive(chunk, by=admin, reason=ArchiveReason.INACTIVE, answers=answers)
    return watch.seconds


def _restore(chunks, admin):
    watch = Stopwatch()
    for chunk in chunks:
        with watch.running():
            restoring.restore(chunk, by=admin)
    return watch.seconds


def _erase(chunks, admin):
    watch = Stopwatch()
    for chunk in chunks:
        answers = answers_to(plan_erase(chunk), today=timezone.localdate())
        with transaction.atomic():
            with watch.running():
                erasing.erase(chunk, by=admin, reason=ErasureReason.EXPIRED, answers=answers)
            transaction.set_rollback(True)
    return watch.seconds


def _timed(work):
    watch = Stopwatch()
    with watch.running():
        work()
    return watch.seconds
