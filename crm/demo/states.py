"""One state each for the first relations: every blocker, what archiving asks, the archive, the register of erasures.

Their places are in shown.py. The mass of the data leaves these relations settled; all that is open is added here.
"""

from datetime import timedelta

from django.contrib.auth.models import Group

from archiving.acts import archiving, erasing
from archiving.models import Archival, ArchiveReason, ErasureReason
from archiving.plans import archive_and_restore as planning
from archiving.plans.erase import plan_erase
from crm.accounts.models import Employee
from crm.accounts.roles import EMPLOYEE_ROLE
from crm.demo import customers, jobs, open_work, shown, staff
from relations.access import actions as access
from relations.models import FilterPin, Relation, SavedFilter, Selection, SelectionMember, Tag

CALL_COLUMNS = ["status", "phone", "email", "city", "last_activity"]


def show(*, today):
    """Needs the relations of `seeding.fill` and nothing else; the number of statements does not depend on how many."""
    relations = dict(enumerate(Relation.objects.order_by("pk")[: shown.SHOWN], start=1))
    people = {employee.email: employee for employee in Employee.objects.filter(email__in=staff.RATES)}
    employee, admin = people[staff.EMPLOYEE], people[staff.ADMIN]
    open_work.leave_open(relations, today=today, by=employee)
    customers.show(relations[8], blocked=relations[10], archived=relations[18], by=employee)
    access.restrict(relations[shown.RESTRICTED], employees=[admin], groups=[], by=admin)
    _keep_lists(relations, employee, admin)
    _archive(relations, today=today, by=employee, admin=admin)
    jobs.show(relations, by=employee, admin=admin, answers=lambda plan: answers_to(plan, today=today))


def _keep_lists(relations, employee, admin):
    group, first_tag = Group.objects.get(name=EMPLOYEE_ROLE), Tag.objects.order_by("name").first()
    former = SavedFilter.objects.create(owner=employee, name="Voormalige relaties", query="status=former")
    mine = SavedFilter.objects.create(owner=employee, name="Mijn klanten", query=f"manager={employee.pk}&status=client")
    SavedFilter.objects.create(owner=employee, name=first_tag.name, query=f"tag={first_tag.pk}", shared_with=group)
    office = SavedFilter.objects.create(
        owner=admin, name="Prospects bellen", query="status=prospect", for_office=True, columns=CALL_COLUMNS
    )
    broken = SavedFilter.objects.create(owner=employee, name="Actie voorjaar", query="status=client&tag=999999")
    pinned = [mine, former, office, broken]
    FilterPin.objects.bulk_create([FilterPin(employee=employee, saved_filter=saved) for saved in pinned])
    evening = Selection.objects.create(owner=employee, name="Klantenavond", shared_with=group)
    mailing = Selection.objects.create(owner=employee, name="Mailing jaarrekening")
    gifts = Selection.objects.create(owner=admin, name="Relatiegeschenken", for_office=True)
    places = {evening: range(1, 13), mailing: range(8, 25), gifts: [*range(2, 9), *shown.ARCHIVED[:3]]}
    members = [SelectionMember(selection=kept, relation=relations[p]) for kept in places for p in places[kept]]
    SelectionMember.objects.bulk_create(members)


def _archive(relations, *, today, by, admin):
    """With the real engine; only the dates are put back, as if it had happened over the last years."""
    to_erase = [relations[place].pk for place in shown.ERASED]
    archive([relations[place].pk for place in shown.ARCHIVED], by=by, today=today)
    archive(to_erase, by=by, today=today)
    _date_back(relations, today)
    plan = plan_erase(to_erase)
    erasing.erase(to_erase, by=admin, reason=ErasureReason.REQUEST, answers=answers_to(plan, today=today))


def archive(root_ids, *, by, today):
    """A reason after another, each in one act of a set."""
    reasons = list(ArchiveReason)
    for turn, reason in enumerate(reasons):
        chosen = root_ids[turn :: len(reasons)]
        if chosen:
            plan = planning.plan_archive(chosen)
            archiving.archive(chosen, by=by, reason=reason, answers=answers_to(plan, today=today))


def answers_to(plan, *, today):
    """Every question answered: acknowledge, keep the texts, end today, the first active relation as new owner."""
    answers = {}
    for question in plan.questions:
        match question.kind:
            case "tick":
                answers[question.key] = True
            case "community":
                answers[question.key] = "keep"
            case "date":
                answers[question.key] = today
            case "relation":
                answers[question.key] = Relation.objects.active().exclude(pk__in=plan.root_ids).earliest("pk").pk
    return answers


def _date_back(relations, today):
    acts = list(Archival.objects.filter(root__in=list(relations.values())).order_by("root"))
    for turn, act in enumerate(acts):
        long_ago = act.root_id == relations[shown.ARCHIVED[-1]].pk
        act.at -= timedelta(days=shown.LONG_AGO if long_ago else shown.DAYS_BETWEEN * turn)
    Archival.objects.bulk_update(acts, ["at"])
