"""Every address of the site: who may come in, and by which method. A new address without an answer here fails."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from billing.models import TimesheetLine
from crm.jobs.models import Job
from relations.models import RelationImport, SavedFilter, Selection
from tests.accounts.test_own_pages import NAMES as OWN_PAGES
from tests.billing.test_access import ADDRESSES as BILLING
from tests.billing.test_access import BOTH, READ, WRITE
from tests.factories import (
    AccountTypeFactory,
    AdminFactory,
    AppointmentFactory,
    ContactFactory,
    ContractFactory,
    EmployeeFactory,
    FunctionAssignmentFactory,
    JobFactory,
    JobItemFactory,
    NoteFactory,
    PortalAccountFactory,
    RelationFactory,
    RelationLinkFactory,
    SavedFilterFactory,
    SelectionFactory,
    TaskFactory,
    TaskLinkFactory,
)
from tests.relations.kept.dossier_addresses import ADDRESSES as DOSSIER

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).parent.parent

# URL name → (what makes the object in its address, methods)
ADDRESSES = BILLING | {
    "core:start": (None, READ),
    "core:start_card": (None, READ),
    "core:search": (None, READ),
    "core:search_suggestions": (None, READ),
    "core:health": (None, READ),
    "accounts:sign_in": (None, BOTH),
    "accounts:sign_out": (None, WRITE),
    "accounts:language": (None, WRITE),
    "accounts:employee_list": (None, READ),
    "accounts:employee_new": (None, BOTH),
    "accounts:employee": (EmployeeFactory, READ),
    "accounts:employee_edit": (EmployeeFactory, BOTH),
    "accounts:employee_deletion": (EmployeeFactory, BOTH),
    "accounts:invitation": (EmployeeFactory, WRITE),
    "accounts:departure": (EmployeeFactory, BOTH),
    "accounts:homecoming": (EmployeeFactory, WRITE),
    "accounts:second_step_removal": (EmployeeFactory, WRITE),
    "accounts:sign_in_list": (None, READ),
    "accounts:erasing_grant": (EmployeeFactory, WRITE),
    "accounts:erasing_withdrawal": (EmployeeFactory, WRITE),
    "jobs:job_list": (None, READ),
    "jobs:own_jobs": (None, READ),
    "jobs:job": (JobFactory, READ),
    "jobs:progress": (JobFactory, READ),
    "jobs:targets": (JobFactory, READ),
    "jobs:outcomes": (JobFactory, READ),
    "jobs:stop": (JobFactory, WRITE),
    "jobs:resume": (JobFactory, WRITE),
    "jobs:retry": (JobFactory, WRITE),
    "jobs:undo": (JobFactory, WRITE),
    "jobs:undo_confirmation": (JobFactory, WRITE),
    "jobs:go_on": (JobFactory, WRITE),
    "relations:relation_list": (None, READ),
    "relations:condition": (None, READ),
    "relations:selection": (None, WRITE),
    "relations:selection_archive": (None, WRITE),
    "relations:selection_bulk": (None, WRITE),
    "relations:bulk_start": (None, BOTH),
    "relations:bulk_from_selection": (SelectionFactory, WRITE),
    "relations:bulk_menu": (JobFactory, READ),
    "relations:bulk_former": (JobFactory, BOTH),
    "relations:bulk_moving": (JobFactory, BOTH),
    "relations:bulk_adding": (JobFactory, BOTH),
    "relations:bulk_removing": (JobFactory, BOTH),
    "relations:bulk_export": (JobFactory, BOTH),
    "relations:bulk_export_file": (JobFactory, READ),
    "relations:saved_filter_list": (None, READ),
    "relations:saved_filter_new": (None, BOTH),
    "relations:saved_filter_edit": (SavedFilterFactory, BOTH),
    "relations:saved_filter_conditions": (SavedFilterFactory, WRITE),
    "relations:saved_filter_copy": (SavedFilterFactory, WRITE),
    "relations:saved_filter_delete": (SavedFilterFactory, BOTH),
    "relations:filter_pin": (SavedFilterFactory, WRITE),
    "relations:default_filter": (None, WRITE),
    "relations:filter_tabs": (None, READ),
    "relations:list_columns": (None, BOTH),
    "relations:selection_keep": (None, BOTH),
    "relations:selection_list": (None, READ),
    "relations:selection_new": (None, BOTH),
    "relations:selection_combine": (None, BOTH),
    "relations:selection_page": (SelectionFactory, READ),
    "relations:selection_tick": (SelectionFactory, WRITE),
    "relations:selection_remove": (SelectionFactory, WRITE),
    "relations:selection_add": (SelectionFactory, BOTH),
    "relations:selection_edit": (SelectionFactory, BOTH),
    "relations:selection_delete": (SelectionFactory, BOTH),
    "relations:relation_new": (None, BOTH),
    "relations:relation_suggestions": (None, READ),
    "relations:relation": (RelationFactory, READ),
    "relations:relation_tab": (RelationFactory, READ),
    "relations:timeline": (RelationFactory, READ),
    "relations:blocked_list": (None, READ),
    "relations:relation_edit": (RelationFactory, BOTH),
    "relations:relation_access": (RelationFactory, BOTH),
    "relations:restricted_relation_list": (None, READ),
    "relations:debtor_for": (RelationFactory, BOTH),
    "relations:contact_new": (RelationFactory, BOTH),
    "relations:contact_edit": (ContactFactory, BOTH),
    "relations:note_new": (RelationFactory, BOTH),
    "relations:note_edit": (NoteFactory, BOTH),
    "relations:link_new": (RelationFactory, BOTH),
    "relations:link_edit": (RelationLinkFactory, BOTH),
    "relations:function_new": (RelationFactory, BOTH),
    "relations:function_edit": (FunctionAssignmentFactory, BOTH),
    "relations:contract_new": (RelationFactory, BOTH),
    "relations:contract_edit": (ContractFactory, BOTH),
    "relations:bulk_properties": (JobFactory, BOTH),
    "relations:bulk_properties_preview": (JobFactory, BOTH),
    "relations:bulk_one_by_one": (JobFactory, BOTH),
    "relations:bulk_walk": (JobFactory, BOTH),
    "relations:task_list": (None, READ),
    "relations:task_new": (None, BOTH),
    "relations:task": (TaskFactory, READ),
    "relations:task_links": (TaskFactory, WRITE),
    "relations:task_finishing": (TaskFactory, WRITE),
    "relations:task_reopening": (TaskFactory, WRITE),
    "relations:task_link_removal": (TaskLinkFactory, WRITE),
    "relations:support_task_new": (None, BOTH),
    "relations:task_edit": (TaskFactory, BOTH),
    "relations:task_selection": (None, WRITE),
    "relations:task_handover": (None, BOTH),
    "relations:task_items": (TaskFactory, WRITE),
    "relations:task_item": (TaskFactory, WRITE),
    "relations:task_item_removal": (TaskFactory, WRITE),
    "relations:task_documents": (TaskFactory, WRITE),
    "relations:task_references": (TaskFactory, WRITE),
    "relations:task_reference_removal": (TaskFactory, WRITE),
    "relations:agenda": (None, READ),
    "relations:appointment_new": (None, BOTH),
    "relations:appointment_edit": (AppointmentFactory, BOTH),
    "relations:calendar_feed": (None, BOTH),
    "relations:calendar_feed_revocation": (None, WRITE),
    "relations:calendar": (None, READ),
    "relations:import": (None, BOTH),
    "relations:import_page": (RelationImport.objects.create, READ),
    "relations:import_columns": (RelationImport.objects.create, BOTH),
    "relations:import_execute": (RelationImport.objects.create, WRITE),
    "relations:import_cancel": (RelationImport.objects.create, WRITE),
    "relations:import_undo": (RelationImport.objects.create, BOTH),
    "archiving:archived_relation_list": (None, READ),
    "archiving:restore_listed": (None, WRITE),
    "archiving:erase_listed": (None, WRITE),
    "archiving:archive_one": (RelationFactory, WRITE),
    "archiving:restore_one": (RelationFactory, WRITE),
    "archiving:erase_one": (RelationFactory, WRITE),
    "archiving:archive": (JobFactory, BOTH),
    "archiving:restore": (JobFactory, BOTH),
    "archiving:erase": (JobFactory, BOTH),
    "portals:conversation": (lambda: TaskLinkFactory(task__kind="support"), BOTH),
    "portals:relation_accounts": (RelationFactory, BOTH),
    "portals:account_link": (PortalAccountFactory, BOTH),
    "portals:account_block": (PortalAccountFactory, BOTH),
    "portals:account_unblock": (PortalAccountFactory, WRITE),
    "portals:account_delete": (PortalAccountFactory, BOTH),
    "portals:create_accounts": (JobFactory, BOTH),
    "portals:reset_passwords": (JobFactory, BOTH),
    "portals:block_accounts": (JobFactory, BOTH),
    "portals:unblock_accounts": (JobFactory, BOTH),
    "portals:delete_accounts": (JobFactory, BOTH),
    "portals:account_type_list": (None, BOTH),
    "portals:account_type": (AccountTypeFactory, BOTH),
    "portals:account_type_removal": (AccountTypeFactory, WRITE),
    "portals:mail": (None, BOTH),
}
ADDRESSES |= DOSSIER
FURTHER = {  # what else is in the address
    "relations:relation_tab": ["notities"],
    "core:start_card": ["taken"],
    "relations:bulk_walk": [1],
    "relations:task_item": [1],
    "relations:task_item_removal": [1],
    "relations:task_reference_removal": [1],
    "relations:calendar": ["geheim"],
    "relations:deletion": ["activiteiten", 1],
    "jobs:outcomes": ["csv"],
}
FOR_VISITORS = {"accounts:sign_in", "accounts:language", "core:health", "relations:calendar"}
FOR_ALL_WHO_SIGNED_IN = {"accounts:sign_out", "core:start"}
FOR_ADMINISTRATORS = {
    *(name for name in ADDRESSES if name.startswith("accounts:") and name not in FOR_VISITORS | FOR_ALL_WHO_SIGNED_IN),
    *(f"archiving:{act}{which}" for act in ("restore", "erase") for which in ("", "_one", "_listed")),
    "archiving:archived_relation_list",
    "relations:relation_access",
    "relations:restricted_relation_list",
    "relations:blocked_list",
    "relations:relation_deletion",
    "relations:deletion",
    *(name for name in ADDRESSES if name.startswith("portals:account_type")),
    "billing:month_locking",
    "billing:month_opening",
}
GUARDED = sorted(ADDRESSES.keys() - FOR_VISITORS)
LIMITED = sorted(ADDRESSES.keys() - FOR_VISITORS - FOR_ALL_WHO_SIGNED_IN)


def address(name):
    make, _methods = ADDRESSES[name]
    if name == "portals:conversation":
        link = make()
        return reverse(name, args=[link.relation_id, link.task_id])
    args = [make().pk] if make else []
    return reverse(name, args=[*args, *FURTHER.get(name, [])])


def answers(client, name, methods=None):
    url = address(name)
    return [getattr(client, method)(url) for method in methods or ADDRESSES[name][1]]


def names(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}"


def test_every_address_has_an_answer():
    """Those of customers have theirs in tests/portals/customer/test_isolation.py."""
    ours = {name for name in names(get_resolver().url_patterns) if not name.startswith("customer:")} - OWN_PAGES

    assert ours == ADDRESSES.keys()


@pytest.mark.parametrize("name", GUARDED)
def test_sends_a_visitor_to_signing_in(client, name):
    assert all(a.status_code == 302 and a.url.startswith(reverse("accounts:sign_in")) for a in answers(client, name))


@pytest.mark.parametrize("name", LIMITED)
def test_refuses_who_lost_every_role(client, name):
    employee = EmployeeFactory()
    client.force_login(employee)
    employee.groups.clear()

    assert {answer.status_code for answer in answers(client, name)} == {403}


@pytest.mark.parametrize("name", sorted(FOR_ADMINISTRATORS))
def test_of_administrators_refuses_an_employee(as_employee, name):
    assert {answer.status_code for answer in answers(as_employee, name)} == {403}


@pytest.mark.parametrize("name", LIMITED)
def test_sends_who_left_to_signing_in(client, name):
    employee = AdminFactory()
    client.force_login(employee)
    type(employee).objects.filter(pk=employee.pk).update(is_active=False)

    assert {answer.status_code for answer in answers(client, name)} == {302}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_refuses_another_method(client, name):
    """Except to whoever is in already: the page to sign in sends them on."""
    if name not in FOR_VISITORS:
        client.force_login(AdminFactory())

    wrong = answers(client, name, {"get", "post", "delete"} - ADDRESSES[name][1])

    assert {answer.status_code for answer in wrong} == {405}
    assert all("Allow" in answer for answer in wrong)


# --- a form that cannot be right --------------------------------------------------------------------------------------

EVERY_FIELD = ("act", "shown", "ticked", "expected", "operation", "relation", "instead_of", "on", "billable", "amount")
JUNK = "☠\x00" * 200
# What is sent says nothing that can be wrong: only whether it is done. Where nothing is said it is refused or done.
# With what is wrong and status 200; or there is nothing on it to fill in, and it says what would happen.
SHOWS_ITSELF_AGAIN = {
    "accounts:sign_in",
    "relations:selection_combine",
    "portals:delete_accounts",
    "portals:unblock_accounts",
}
WITHOUT_A_FORM = {200, 302, 400, 403, 404, 409, 410, 422}
REFUSED = {400, 409, 413, 422, 429}


def address_for(client, name):
    """As address(), with what belongs to one employee given to whoever is signed in."""
    url = address(name)
    if "_auth_user_id" in client.session:
        mine = client.session["_auth_user_id"]
        for job in Job.objects.all():
            JobItemFactory(job=job)
        Job.objects.update(by=mine, total=1)
        RelationImport.objects.update(by=mine)
        SavedFilter.objects.update(owner=mine)
        Selection.objects.update(owner=mine)
        TimesheetLine.objects.update(employee=mine)
    return url


def fields_of(text):
    """Names of what can be filled in on a page, in its main part."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"', main)) - {"csrfmiddlewaretoken"}


@pytest.mark.parametrize("name", sorted(name for name, (_make, methods) in ADDRESSES.items() if methods == BOTH))
def test_refuses_a_form_that_cannot_be_right(client, name):
    """With words on every field: 422 or another refusal, and never an error of ours."""
    if name not in FOR_VISITORS:
        client.force_login(AdminFactory())
    url = address_for(client, name)
    shown = client.get(url)
    junk = dict.fromkeys(fields_of(shown.text), JUNK) if shown.status_code == 200 else {}

    answer = client.post(url, junk)

    assert answer.status_code in (REFUSED if junk and name not in SHOWS_ITSELF_AGAIN else WITHOUT_A_FORM)


@pytest.mark.parametrize("name", sorted(name for name, (_make, methods) in ADDRESSES.items() if methods == WRITE))
def test_is_broken_by_no_words_at_all(client, name):
    client.force_login(AdminFactory())
    url = address_for(client, name)

    answers = [
        client.post(url, dict.fromkeys(EVERY_FIELD, value)) for value in ("", JUNK, "-1", "99999999999999999999")
    ]

    assert {answer.status_code for answer in answers} <= WITHOUT_A_FORM


# --- and it works -----------------------------------------------------------------------------------------------------

SENDS_ON = {"billing:report_list", "relations:import_page"}  # to a report, and to where an import stands now
# What needs more than an object in its address is opened in this file, by these words.
OPENED_IN = {
    "jobs:outcomes": ("jobs/test_downloads.py", '"jobs:outcomes"'),
    "relations:bulk_export_file": ("relations/bulk/test_exporting.py", '"relations:bulk_export_file"'),
    "relations:bulk_properties_preview": ("relations/bulk/test_scenarios.py", '"relations:bulk_properties_preview"'),
    "relations:bulk_walk": ("relations/bulk/test_walking.py", '"relations:bulk_walk"'),
    "relations:calendar": ("relations/agenda/test_feeds.py", '.removesuffix(".ics")'),
    "relations:deletion": ("relations/kept/test_deleting.py", '"relations:deletion"'),
    "relations:import_undo": ("journeys/test_every_page.py", '"relations:import_undo"'),
    "relations:task_handover": ("relations/work/test_handover.py", '"/taken/overdracht/"'),
}
OPENS = sorted(name for name, (_make, methods) in ADDRESSES.items() if "get" in methods)


@pytest.mark.parametrize("name", [name for name in OPENS if name not in OPENED_IN])
def test_opens_for_who_may(client, name):
    if name not in FOR_VISITORS:
        client.force_login(AdminFactory())

    assert client.get(address_for(client, name)).status_code == (302 if name in SENDS_ON else 200)


@pytest.mark.parametrize("name", sorted(OPENED_IN))
def test_is_opened_where_its_object_is_made(client, name):
    """The list of these stays as short as it can be."""
    client.force_login(AdminFactory())

    assert client.get(address_for(client, name)).status_code != 200
    file, words = OPENED_IN[name]
    assert words in (TESTS / file).read_text()
