"""Every address of the portal, for everybody who could ask for it: nothing of anybody else (issue: customer portal).

A new address without an entry here fails.
"""

from dataclasses import dataclass
from itertools import product

import pytest
from django.urls import get_resolver, reverse

from portals import tokens
from portals.models import AccountState, MailKind, PortalAccount
from tests.archiving.acting import archive, erase
from tests.factories import AdminFactory, PortalAccountFactory
from tests.portals.customers import come_in, customer, relink, settle, unlink

pytestmark = pytest.mark.django_db
READ, WRITE, BOTH = ("get",), ("post",), ("get", "post")


@dataclass(frozen=True)
class Page:
    """`key` gives what stands in the address, of a customer; `posted` the status of an empty form."""

    methods: tuple = READ
    key: str = ""
    is_shared: bool = False  # other customers see it too
    is_of_contractant: bool = False  # gone when the contractant is linked to another relation
    posted: int = 422

    def status(self, method):
        return 200 if method == "get" else self.posted


PAGES = {
    "start": Page(),
    "own_password": Page(BOTH),
    "tasks": Page(),
    "task_new": Page(BOTH),
    "task": Page(BOTH, "task", is_of_contractant=True),
    "attachment": Page(READ, "comment", is_of_contractant=True),
    "invoices": Page(),
    "invoice": Page(READ, "invoice"),
    "documents": Page(),
    "document": Page(READ, "document"),
    "data": Page(),
    "change": Page(BOTH),
    "community": Page(BOTH),
    "post": Page(BOTH, "post", is_shared=True),
    "like": Page(WRITE, "post", is_shared=True, posted=302),
}
DOORS = {"sign_in": BOTH, "sign_out": WRITE, "forgotten": BOTH, "password": BOTH}  # before signing in


# --- who asks: each gives the client and the customer whose numbers stand in the address ------------------------------


def own(client, asked, asker, staff):
    come_in(client, asked.account)


def another_of_the_same(client, asked, asker, staff):
    come_in(client, PortalAccountFactory(relation=asked.relation, active=True))


def other(client, asked, asker, staff):
    come_in(client, asker.account)


def anonymous(client, asked, asker, staff):
    pass


def employee(client, asked, asker, staff):
    client.force_login(staff)


def blocked(client, asked, asker, staff):
    come_in(client, asked.account)
    PortalAccount.objects.filter(pk=asked.account.pk).update(state=AccountState.BLOCKED, block_message="Bel ons.")


def archived(client, asked, asker, staff):
    come_in(client, asked.account)
    unlink(asked)
    archive(asked.relation, by=staff)


def erased(client, asked, asker, staff):
    settle(asked)
    archived(client, asked, asker, staff)
    assert erase(asked.relation, by=staff).done


def deleted(client, asked, asker, staff):
    come_in(client, asked.account)
    asked.account.delete()


def unlinked(client, asked, asker, staff):
    come_in(client, asked.account)
    unlink(asked)


def relinked(client, asked, asker, staff):
    come_in(client, asked.account)
    relink(asked, asker)


def relinked_to(client, asked, asker, staff):
    come_in(client, asker.account)
    relink(asked, asker)


def with_another_password(client, asked, asker, staff):
    come_in(client, asked.account)
    PortalAccount.objects.filter(pk=asked.account.pk).update(password="another")


TO_SIGNING_IN = [anonymous, employee, erased, deleted, with_another_password]
REFUSED = [blocked, archived]
INSIDE = [own, another_of_the_same, other, unlinked, relinked, relinked_to]


def expected(page, method, who):
    """The status."""
    if who in TO_SIGNING_IN:
        return 302
    if who in REFUSED:
        return 403
    if who in (unlinked, relinked) and page.is_of_contractant:
        return 404
    if who is relinked_to and page.key == "task":
        return page.status(method)  # R54: the task, not what the other relation said about it
    is_strange = who in (other, relinked_to) and page.key and not page.is_shared
    return 404 if is_strange else page.status(method)


MATRIX = [
    pytest.param(name, method, who, id=f"{name}-{method}-{who.__name__}")
    for (name, page), who in product(PAGES.items(), TO_SIGNING_IN + REFUSED + INSIDE)
    for method in page.methods
]


@pytest.fixture
def asked():
    return customer("GEHEIM")


@pytest.fixture
def asker():
    return customer("VREEMD")


@pytest.fixture
def staff():
    return AdminFactory()


def address(name, owner):
    key = PAGES[name].key
    return reverse(f"customer:{name}", args=[getattr(owner, key).pk] if key else [])


def test_every_address_of_the_portal_has_an_answer():
    patterns = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "customer").url_patterns

    assert {pattern.name for pattern in patterns} == PAGES.keys() | DOORS.keys()


@pytest.mark.parametrize(("name", "method", "who"), MATRIX)
def test_answers_as_it_must(client, asked, asker, staff, name, method, who):
    """R83, R84, R48, R54"""
    url = address(name, asked)
    who(client, asked, asker, staff)

    answer = getattr(client, method)(url)

    assert answer.status_code == expected(PAGES[name], method, who)
    if who in TO_SIGNING_IN:
        assert answer.url.startswith(reverse("customer:sign_in"))


@pytest.mark.parametrize("who", [other, relinked_to])
@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if "get" in page.methods])
def test_shows_nobody_a_word_of_another(client, asked, asker, staff, name, who):
    """Whatever the page: only the subject of a task that moved along with the contractant (R54)."""
    url = address(name, asked if PAGES[name].is_shared else asker)
    who(client, asked, asker, staff)

    answer = client.get(url)

    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = text.decode("latin-1")
    moved = f"{asked.word} vraag" if who is relinked_to else "–"
    assert asked.word not in text.replace(moved, "")


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.key])
def test_knows_nothing_of_a_guessed_number(client, asked, name):
    come_in(client, asked.account)

    for number in (0, 1, 10**9):
        if number != getattr(asked, PAGES[name].key).pk:
            url = reverse(f"customer:{name}", args=[number])
            assert client.generic(PAGES[name].methods[0].upper(), url).status_code == 404


@pytest.mark.parametrize("name", sorted(PAGES))
def test_refuses_another_method(client, asked, name):
    come_in(client, asked.account)

    for method in {"get", "post", "delete", "put"} - set(PAGES[name].methods):
        assert getattr(client, method)(address(name, asked)).status_code == 405


@pytest.mark.parametrize("name", sorted(PAGES))
def test_stays_in_no_cache(client, asked, name):
    come_in(client, asked.account)

    answer = getattr(client, PAGES[name].methods[0])(address(name, asked))

    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("name", "methods"), DOORS.items())
def test_of_the_doors_are_open_to_everybody_and_refuse_another_method(client, asked, name, methods):
    args = [tokens.make(asked.account, MailKind.RESET)] if name == "password" else []
    url = reverse(f"customer:{name}", args=args)

    statuses = {method: getattr(client, method)(url).status_code for method in ("get", "post", "delete")}

    assert statuses["delete"] == 405
    assert statuses["get"] == (200 if "get" in methods else 405)
    assert statuses["post"] == (302 if name == "sign_out" else 422)


class TestTheOfficesPages:
    def test_are_closed_to_a_customer(self, client, asked):
        """The two doors do not know each other's keys."""
        come_in(client, asked.account)

        answer = client.get(reverse("relations:relation_list"))

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("accounts:sign_in"))

    def test_never_see_the_cookie_of_a_customer(self, client, asked):
        client.post(reverse("customer:sign_in"), {"email": asked.account.email, "password": "geheim-12345"})

        cookie = client.cookies["klant"]

        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/portaal/", True, "Lax")
