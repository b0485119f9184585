import pytest
from django.contrib.auth import authenticate
from django.db.models import Count

from archiving import policies
from archiving.models import Archival, Erasure
from archiving.plans.archive_and_restore import blockers
from archiving.policies import Stage
from billing.models import Invoice, InvoiceStatus, MonthLock, Service, TimesheetLine
from crm.accounts.models import Employee
from crm.demo import shown, staff
from crm.jobs.models import Job
from portals.models import AccountState, CommunityPost, Contractant, PortalAccount, Reaction, ReactionKind
from portals.relinking.planning import Move, plan
from relations.models import Person, Relation, RelationStatus, SbrOrigin, SbrReport, Task, TaskKind

pytestmark = pytest.mark.usefixtures("office")


def at(place):
    return Relation.objects.order_by("pk")[: shown.SHOWN][place - 1]


def codes_of(relation, stage=Stage.ARCHIVE):
    return {finding.code for finding in blockers([relation.pk], stage).get(relation.pk, [])}


class TestBlockers:
    @pytest.mark.parametrize(
        ("place", "code"),
        [
            (1, "UNBILLED_TIME"),
            (2, "UNBILLED_INSTALMENT"),
            (3, "INVOICE_DEBTOR_FOR"),
            (5, "PORTAL_LINK"),
            (6, "PORTAL_LINK"),
            (7, "PORTAL_LINK"),
            (8, "CONTRACTANT_LINK"),
        ],
    )
    def test_are_shown_one_at_a_time(self, place, code):
        assert codes_of(at(place)) == {code}

    def test_are_shown_all_together(self):
        every = {b.code for policy in policies.policies() for b in policy.blockers if b.stage == Stage.ARCHIVE}

        assert codes_of(at(9)) == every

    def test_of_erasing_are_in_the_archive(self):
        archived = list(Relation.objects.archived())

        found = {code for relation in archived for code in codes_of(relation, Stage.ERASE)}

        assert {"UNPAID_INVOICE", "OPEN_ORDER"} <= found


class TestCustomerEnvironments:
    def test_have_one_that_can_be_relinked(self):
        """B11: place 8 to place 12"""
        contractant = Contractant.objects.get(code=f"KL-{at(8).number}")

        planned = plan(Move(contractant.pk, at(12).pk))

        assert planned.problem == ""
        assert (planned.old.relation, planned.support) == (at(8), 3)
        assert contractant.links.count() == 2


class TestLifeCycle:
    def test_shows_an_archive_that_grew_over_years(self):
        acts = Archival.objects.filter(restored_at=None, root__erasure=None)

        assert acts.count() == len(shown.ARCHIVED)
        assert acts.values("reason").distinct().count() == 6
        assert acts.earliest("at").at.year < acts.latest("at").at.year - 4

    def test_shows_a_restored_relation(self):
        assert Archival.objects.filter(root=at(shown.RESTORED)).exclude(restored_at=None).exists()
        assert at(shown.RESTORED).is_active

    def test_shows_both_ways_of_erasing(self):
        modes = Erasure.objects.values_list("mode", flat=True)

        assert sorted(modes) == ["anonymise"] * 4 + ["delete"] * 4
        assert Relation.objects.exclude(erasure=None).count() == 4

    @pytest.mark.parametrize("status", RelationStatus)
    def test_shows_each_status_among_the_active(self, status):
        assert Relation.objects.active().filter(status=status).exists()

    def test_shows_a_restricted_relation(self):
        assert Relation.objects.filter(restricted=True).count() == 1


class TestVariety:
    @pytest.mark.parametrize("status", InvoiceStatus)
    def test_has_invoices_in_each_status(self, status):
        assert Invoice.objects.filter(status=status).exists()

    @pytest.mark.parametrize("origin", SbrOrigin)
    def test_has_reports_of_each_origin(self, origin):
        assert SbrReport.objects.filter(origin=origin).exists()

    @pytest.mark.parametrize("kind", TaskKind)
    def test_has_tasks_of_each_kind_open_and_done(self, kind):
        assert Task.objects.filter(kind=kind, done_at=None).exists()
        assert Task.objects.filter(kind=kind).exclude(done_at=None).exists()

    def test_has_tasks_that_repeat_and_a_checklist_that_is_partly_done(self):
        begun = [task for task in Task.objects.exclude(checklist=[]) if 0 < task.items_done < len(task.checklist)]

        assert set(Task.objects.exclude(rhythm="").values_list("rhythm", flat=True)) == {"month", "quarter"}
        assert not Task.objects.exclude(rhythm="").filter(series=None).exists()
        assert begun

    def test_has_months_that_are_locked_and_open_ones_after_them(self):
        assert MonthLock.objects.open().count() == 15
        assert TimesheetLine.objects.filter(worked_on__gt=MonthLock.objects.latest("month").month).exists()

    def test_has_hours_for_every_service(self):
        assert set(TimesheetLine.objects.values_list("service", flat=True)) == set(Service.values)

    @pytest.mark.parametrize("state", AccountState)
    def test_has_accounts_in_each_state(self, state):
        assert PortalAccount.objects.filter(state=state).exists()

    @pytest.mark.parametrize("kind", ReactionKind)
    def test_has_posts_with_reactions(self, kind):
        assert CommunityPost.objects.exists()
        assert Reaction.objects.filter(kind=kind).exists()

    def test_has_persons_who_are_contact_at_two_relations(self):
        assert Person.objects.annotate(roles=Count("contacts__relation", distinct=True)).filter(roles__gt=1).exists()

    def test_has_changes_with_old_and_new_values(self):
        changed = Relation.history.filter(history_type="~").exclude(street="").earliest("history_date")

        delta = changed.diff_against(changed.prev_record)

        assert delta.changed_fields


class TestStaff:
    @pytest.mark.parametrize("email", [staff.EMPLOYEE, staff.ADMIN])
    def test_signs_in_with_the_password_that_is_told(self, email):
        assert authenticate(username=email, password=staff.PASSWORD)

    def test_has_four_colleagues_who_cannot_sign_in(self):
        others = Employee.objects.exclude(email__in=[staff.EMPLOYEE, staff.ADMIN]).filter(email__in=staff.RATES)

        assert len(others) == 4
        assert not any(employee.has_usable_password() for employee in others)

    def test_has_an_administrator_and_an_employee(self):
        admin, employee = Employee.objects.get(email=staff.ADMIN), Employee.objects.get(email=staff.EMPLOYEE)

        assert admin.has_perm("relations.erase_relation")
        assert employee.has_perm("relations.archive_relation")
        assert not employee.has_perm("relations.erase_relation")


class TestJobs:
    def test_show_rows_that_were_skipped_and_an_undo(self):
        """B4"""
        archived = Job.objects.get(operation="archive")

        assert archived.done
        assert archived.done + archived.skipped == len([*shown.BLOCKED, shown.RESTORED])
        assert set(archived.items.filter(state="skipped").values_list("reason", flat=True)) >= {"UNBILLED_TIME"}
        assert archived.undone_by.done == archived.done

    def test_show_rows_that_were_so_already(self):
        assert Job.objects.get(operation="add_to_selection").unchanged
