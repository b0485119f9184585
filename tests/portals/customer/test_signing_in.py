"""How a customer comes in, and what keeps one out (R81-R84)."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from portals import tokens
from portals.models import AccountState, MailKind, OutgoingMail, PortalAccount
from tests.archiving.acting import archive, erase, restore
from tests.factories import PortalAccountFactory
from tests.factories.portals import PASSWORD
from tests.portals.customers import come_in

pytestmark = pytest.mark.django_db
DOOR, START, FORGOTTEN = (reverse(f"customer:{name}") for name in ("sign_in", "start", "forgotten"))
NEW = "een-heel-nieuw-woord"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def account():
    return PortalAccountFactory(active=True)


def sign_in(client, account, password=PASSWORD, **more):
    return client.post(DOOR, {"email": account.email, "password": password, **more})


def link(account, kind=MailKind.RESET):
    return reverse("customer:password", args=[tokens.make(account, kind)])


def choose(client, url, password=NEW, again=NEW):
    return client.post(url, {"new": password, "again": again})


class TestSigningIn:
    def test_leads_to_the_start_and_is_remembered(self, client, account):
        answer = sign_in(client, account)

        assert (answer.status_code, answer.url) == (302, START)
        assert account.name in client.get(START).content.decode()
        account.refresh_from_db()
        assert account.last_login_at

    def test_does_not_mind_capitals_in_the_address(self, client, account):
        assert client.post(DOOR, {"email": account.email.upper(), "password": PASSWORD}).status_code == 302

    @pytest.mark.parametrize(
        "next_page", ["/portaal/facturen/", "https://kwaad.example/", "/relaties/", "//kwaad.example"]
    )
    def test_goes_on_only_to_a_page_of_the_portal(self, client, account, next_page):
        answer = sign_in(client, account, next=next_page)

        assert answer.url == (next_page if next_page.startswith("/portaal/") else START)

    def test_refuses_a_wrong_password_and_an_unknown_address_in_the_same_words(self, client, account):
        wrong = sign_in(client, account, "verkeerd")
        unknown = client.post(DOOR, {"email": "niemand@bakkerij.example", "password": PASSWORD})

        assert (wrong.status_code, unknown.status_code) == (422, 422)
        assert wrong.context["form"].errors == unknown.context["form"].errors

    @pytest.mark.parametrize("typed", ["", PASSWORD])
    def test_refuses_who_was_invited_and_chose_no_password(self, client, typed):
        assert sign_in(client, PortalAccountFactory(), typed).status_code == 422

    def test_goes_slowly_for_who_guesses(self, client, account):
        for _ in range(10):
            sign_in(client, account, "verkeerd")

        answer = sign_in(client, account)

        assert answer.status_code == 422
        assert "te vaak" in answer.content.decode()
        assert client.get(START).status_code == 302

    def test_makes_a_former_session_worthless(self, client, account):
        """Nobody plants a session that somebody else then signs in with."""
        come_in(client, account)
        planted = client.cookies["klant"].value

        sign_in(client, account)

        assert client.cookies["klant"].value != planted
        client.cookies["klant"] = planted
        assert client.get(START).status_code == 302


class TestSigningOut:
    def test_ends_the_session_for_who_kept_the_cookie_too(self, client, account):
        come_in(client, account)
        kept = client.cookies["klant"].value

        client.post(reverse("customer:sign_out"))
        client.cookies["klant"] = kept

        assert client.get(START).status_code == 302


class TestABlockedAccount:
    def test_reads_the_message_instead(self, client):
        """R84: sees a message that the account is blocked"""
        account = PortalAccountFactory(blocked=True, block_message="Bel ons over de facturen.")

        answer = sign_in(client, account)

        assert answer.status_code == 403
        assert "Bel ons over de facturen." in answer.content.decode()
        assert client.get(START).status_code == 302

    def test_tells_nothing_to_who_does_not_know_the_password(self, client):
        """R84"""
        answer = sign_in(client, PortalAccountFactory(blocked=True), "verkeerd")

        assert answer.status_code == 422
        assert "Bel ons" not in answer.content.decode()

    def test_is_out_at_once(self, client, account):
        """R84: also who is signed in already"""
        come_in(client, account)
        PortalAccount.objects.update(state=AccountState.BLOCKED, block_message="Bel ons.")

        answer = client.get(START)

        assert answer.status_code == 403
        assert "Bel ons." in answer.content.decode()

    def test_comes_in_again_when_it_is_lifted(self, client, account):
        """R84: block can be lifted"""
        PortalAccount.objects.update(state=AccountState.BLOCKED)
        refused = sign_in(client, account).status_code
        PortalAccount.objects.update(state=AccountState.ACTIVE)

        assert (refused, sign_in(client, account).status_code) == (403, 302)


class TestAnArchivedRelation:
    def test_lets_nobody_in_until_it_is_restored(self, client, account, admin):
        archive(account.relation, by=admin)
        refused = sign_in(client, account)
        restore(account.relation, by=admin)
        admitted = sign_in(client, account)

        assert refused.status_code == 403
        assert "Uw dossier bij ons is gesloten" in refused.content.decode()
        assert admitted.url == START

    def test_takes_its_accounts_along_when_it_is_erased(self, client, account, admin):
        """R83: nothing is left, and the address is free"""
        archive(account.relation, by=admin)
        erase(account.relation, by=admin)

        assert sign_in(client, account).status_code == 422
        assert PortalAccountFactory(email=account.email)

    def test_lets_no_link_through(self, client, account, admin):
        url = link(account)
        archive(account.relation, by=admin)

        assert client.get(url).status_code == 403
        assert choose(client, url).status_code == 403


class TestALink:
    @pytest.mark.parametrize("state", ["invited", "active"])
    def test_lets_the_customer_choose_a_password(self, client, state):
        """R81, R82"""
        account = PortalAccountFactory(active=state == "active")

        answer = choose(client, link(account))

        account.refresh_from_db()
        assert (answer.url, account.state) == (START, AccountState.ACTIVE)
        assert account.history.first().history_user is None
        assert sign_in(client, account, NEW).status_code == 302

    def test_works_once(self, client, account):
        url = link(account)
        choose(client, url)

        assert client.get(url).status_code == 410
        assert choose(client, url, "nog-een-ander-woord", "nog-een-ander-woord").status_code == 410

    @pytest.mark.parametrize(("kind", "days"), [(MailKind.INVITATION, 14), (MailKind.RESET, 1)])
    def test_works_for_some_days(self, client, account, kind, days, time_machine):
        time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
        url = link(account, kind)

        time_machine.shift(days * 86_400)
        in_time = client.get(url).status_code
        time_machine.shift(5)

        assert (in_time, client.get(url).status_code) == (200, 410)

    @pytest.mark.parametrize("token", ["x", "x:y:z", "eyJh:1abcde:xxxxxxxx"])
    def test_of_ones_own_making_is_worth_nothing(self, client, token):
        assert client.get(reverse("customer:password", args=[token])).status_code == 410

    def test_is_dead_when_the_account_is_deleted(self, client, account):
        url = link(account)
        account.delete()

        assert client.get(url).status_code == 410

    def test_of_a_blocked_account_leads_to_the_message(self, client):
        """R84"""
        account = PortalAccountFactory(blocked=True)

        answer = choose(client, link(account))

        assert answer.status_code == 403
        assert account.block_message in answer.content.decode()

    @pytest.mark.parametrize(("password", "again"), [("kort", "kort"), ("12345678901", "12345678901"), (NEW, "anders")])
    def test_refuses_a_poor_password(self, client, account, password, again):
        answer = choose(client, link(account), password, again)

        assert answer.status_code == 422
        assert sign_in(client, account).status_code == 302

    def test_ends_what_others_began_with_the_former_password(self, client, account):
        come_in(client, account)
        kept = client.cookies["klant"].value
        choose(client, link(account))

        client.cookies["klant"] = kept

        assert client.get(START).status_code == 302


class TestAskingForALink:
    def test_mails_one_to_who_has_an_account(self, client, account):
        client.post(FORGOTTEN, {"email": account.email.upper()})

        assert list(OutgoingMail.objects.values_list("account", "kind", "by")) == [(account.pk, MailKind.RESET, None)]

    @pytest.mark.parametrize("who", ["nobody", "blocked", "archived"])
    def test_answers_the_same_to_everybody_else_and_mails_nothing(self, client, account, admin, who):
        addresses = {
            "nobody": lambda: "niemand@bakkerij.example",
            "blocked": lambda: PortalAccountFactory(blocked=True).email,
            "archived": lambda: archive(account.relation, by=admin) and account.email,
        }

        answer = client.post(FORGOTTEN, {"email": addresses[who]()})

        assert answer.context["is_asked"]
        assert not OutgoingMail.objects.exists()

    def test_mails_no_more_than_a_few(self, client, account):
        for _ in range(6):
            client.post(FORGOTTEN, {"email": account.email})
            OutgoingMail.objects.update(state="sent")

        assert OutgoingMail.objects.count() == 3


class TestTheOwnPassword:
    URL = reverse("customer:own_password")

    def test_is_changed_with_the_present_one(self, client, account):
        come_in(client, account)

        answer = client.post(self.URL, {"present": PASSWORD, "new": NEW, "again": NEW})

        assert answer.status_code == 302
        assert client.get(START).status_code == 200
        assert sign_in(client, account, NEW).status_code == 302

    def test_is_not_changed_without_it(self, client, account):
        come_in(client, account)

        answer = client.post(self.URL, {"present": "verkeerd", "new": NEW, "again": NEW})

        assert answer.status_code == 422
        assert sign_in(client, account).status_code == 302
