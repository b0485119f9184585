"""axe on every page of the office, light and dark: whatever stands in test_every_address.py is looked at by itself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from archiving import policies, reach
from crm.core import panels
from relations.models import RelationImport, Selection
from tests import factories
from tests.accounts import test_own_pages as own_pages
from tests.accounts.second_steps import code_app, passkey
from tests.architecture.test_every_address import ADDRESSES, FURTHER
from tests.archiving.canary import MAKERS
from tests.journeys import accessibility, office
from tests.journeys.conftest import PASSWORD
from tests.journeys.test_on_a_telephone import ADDRESS, LONG, sideways

PARTS = 4  # so that they are looked at on every core
NO_PAGES = {  # files, fragments and answers for machines
    "core:health",
    "core:search_suggestions",
    "jobs:outcomes",
    "jobs:own_jobs",
    "jobs:progress",
    "portals:comment_file",
    "relations:attachment_file",
    "relations:bulk_export_file",
    "relations:calendar",
    "relations:condition",
    "relations:document_file",
    "relations:filter_tabs",
    "relations:relation_suggestions",
}
NO_OWN_PAGES = {"account_logout", "mfa_download_recovery_codes", "mfa_login_webauthn"}
TELEPHONE = {"width": 390, "height": 844}
REFUSED = {"relations:task_handover": 409}  # until something is ticked in the list


@pytest.fixture
def relation(admin):
    """One with a row of everything."""
    relation = factories.RelationFactory(name=LONG, email=ADDRESS, manager=admin)
    for policy in policies.policies():
        if make := MAKERS[policy.label]:
            make(relation=relation)
    return relation


@pytest.fixture
def paths(relation, admin):
    """[(address of a page, the status of its answer)]"""
    kinds = _objects(relation, admin)
    names = [name for name, (_make, methods) in ADDRESSES.items() if "get" in methods and name not in NO_PAGES]
    found = {(_path(name, kinds, relation), REFUSED.get(name, 200)) for name in names}
    tabs = [reverse("relations:relation_tab", args=[relation.pk, panel.key]) for panel in panels.panels(admin)]
    return sorted(found | {(tab, 200) for tab in tabs})


def _objects(relation, admin):
    """{model: an object for its page}"""
    rows = {policy.model: reach.rows_of(policy, [relation.pk]).first() for policy in policies.policies()}
    draft = factories.JobFactory(by=admin)
    factories.JobItemFactory(job=draft, target=relation)
    selection = Selection.objects.create(name="Klantenavond", owner=admin)
    factories.SelectionMemberFactory(selection=selection, relation=relation)
    own = [
        draft,
        selection,
        factories.SavedFilterFactory(owner=admin),
        factories.TimesheetLineFactory(relation=relation, employee=admin),
        RelationImport.objects.create(by=admin),
    ]
    return rows | {type(each): each for each in own}


OTHERS = {  # pages of another row than the first one, or one in another state
    "billing:invoice_edit": lambda relation: factories.InvoiceFactory(relation=relation, status="draft"),
    "relations:deletion": lambda relation: [relation.pk, "activiteiten", relation.activities.first().pk],
    "relations:import_undo": lambda relation: executed_import(relation.manager),
}


def executed_import(by):
    return RelationImport.objects.create(by=by, executed_at=timezone.now())


def _path(name, kinds, relation):
    make, _methods = ADDRESSES[name]
    if not make:
        return reverse(name, args=FURTHER.get(name))
    if name in OTHERS:
        row = OTHERS[name](relation)
        return reverse(name, args=row if isinstance(row, list) else [row.pk])
    made = make()
    row = kinds.get(type(made)) or made
    if name == "portals:conversation":
        return reverse(name, args=[relation.pk, row.task_id])
    return reverse(name, args=[row.pk, *FURTHER.get(name, [])])


def test_every_page_is_among_them(paths):
    assert len(paths) > 100


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_serious_on_any_page(as_admin, paths, part):
    page, found = as_admin, []

    for path, expected in paths[part::PARTS]:
        status = page.goto(path).status
        found += [f"{path} answers {status}"] if status != expected else []
        found += accessibility.problems(page) + too_wide(page)

    assert not found, "\n".join(found)


# What can be pressed or filled in and is to be seen, of radio buttons one a group; who got the focus, marked or not.
WATCH = """(root) => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const seen = (it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled && it.tabIndex >= 0;
  const group = (it) => it.type === "radio" ? it.name : it;
  const within = document.querySelector(root);
  window.wanted = new Map([...within.querySelectorAll(kinds)].filter(seen).map((it) => [group(it), it]));
  window.unmarked = [];
  window.rounds = 0;
  document.addEventListener("focusin", ({ target }) => {
    window.wanted.delete(group(target));
    const { outlineStyle, boxShadow } = getComputedStyle(target);
    if (outlineStyle === "none" && boxShadow === "none") window.unmarked.push(target.outerHTML.slice(0, 120));
  });
  document.addEventListener("focusout", ({ relatedTarget }) => { window.rounds += relatedTarget ? 0 : 1; });
  if (root !== "body" && document.activeElement === document.body) within.focus();
}"""
# A page that begins at Cancel needs a second round for what stands before it.
IS_WALKED = "() => window.wanted.size === 0 || window.rounds > 1"
MISSED = """() => {
  const missed = [...window.wanted.values()].filter((it) => it.isConnected);
  const told = missed.map((it) => `not reached: ${it.outerHTML.slice(0, 120)}`);
  return [...told, ...window.unmarked.map((html) => `not marked: ${html}`)];
}"""
FARTHEST, STEPS = 600, 15


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_walked_by_keyboard(as_admin, paths, part):
    """Tab comes by everything that can be pressed or filled in, it is to be seen where one is, and nothing holds it.

    The frame around the pages, which is the same on all of them, is walked on the first.
    """
    page, found = as_admin, []

    for number, (path, _expected) in enumerate(paths[part::PARTS]):
        page.goto(path)
        page.evaluate(WATCH, "#page" if number else "body")
        for _ in range(FARTHEST // STEPS):
            for _step in range(STEPS):
                page.keyboard.press("Tab")
            if page.evaluate(IS_WALKED):
                break
        else:
            found.append(f"{path} holds the focus")
        found += [f"{path} {missed}" for missed in page.evaluate(MISSED)]

    assert not found, "\n".join(found)


def too_wide(page):
    """A line when the page can be pushed sideways on a telephone."""
    before = page.viewport_size
    page.set_viewport_size(TELEPHONE)
    by = sideways(page)
    page.set_viewport_size(before)
    return [f"{page.url} is {by} px too wide"] if by > 0 else []


def test_nothing_serious_on_the_pages_of_ones_own_account(as_admin, admin):
    page, found = as_admin, []

    names = own_pages.OWN.keys() - NO_OWN_PAGES
    page.goto(own_pages.address("account_reauthenticate", admin))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    office.press(page, "Bevestigen")
    for name in [*own_pages.FOR_WHO_HAS_NONE, *sorted(names - own_pages.FOR_WHO_HAS_NONE)]:
        url = own_pages.address(name, admin)
        page.goto(url)
        found += [f"{name} led to {page.url}"] if url not in page.url else []
        found += accessibility.problems(page) + too_wide(page)
        if name in own_pages.FOR_WHO_HAS_NONE:
            code_app(admin), passkey(admin)

    assert not found, "\n".join(found)


def test_nothing_serious_before_signing_in(page, admin):
    found = []

    for name in sorted(own_pages.ENTRANCES.keys() - NO_OWN_PAGES):
        page.goto(own_pages.address(name, None))
        found += accessibility.problems(page) + too_wide(page)

    assert not found, "\n".join(found)


def test_nothing_serious_where_something_went_wrong(as_admin):
    page, found = as_admin, []

    for path in ("/nergens/", "/relaties/?city=%00&onbekend=1", "/relaties/999999/"):
        page.goto(path)
        found += accessibility.problems(page)
    page.goto("/relaties/")
    page.keyboard.press("?")
    found += accessibility.problems(page)

    assert not found, "\n".join(found)
