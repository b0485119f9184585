"""Every address of the site, asked for by somebody with every right and no access to a restricted relation.

A new address is tried by itself once it stands in test_every_address.py: with a row of the restricted relation when its
object belongs to one, else with objects in which that relation occurs.
"""

import re

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm

from crm.core import cards, panels
from relations.models import SEEING
from tests.architecture.restricted import NUMBER, RestrictedOffice
from tests.architecture.test_every_address import ADDRESSES, FURTHER

pytestmark = pytest.mark.django_db

# Who decides about access finds the relation by its number; an act answers as for a relation that does not exist.
OTHERWISE = {
    "relations:relation_access": {200, 422},
    "archiving:archive_one": {400},
    "archiving:restore_one": {400},
    "archiving:erase_one": {400},
}
BESIDES = {  # lists with something searched for, and pages reached through what is mentioned
    f"{reverse(name)}?q={NUMBER}"
    for name in ("relations:relation_list", "relations:task_list", "billing:invoice_list", "portals:contractant_list")
} | {
    f"{reverse('relations:relation_suggestions')}?relation={NUMBER}",
    f"{reverse('relations:task_list')}?state=all",
    f"{reverse('core:search')}?q={NUMBER}",
    f"{reverse('core:search')}?q={NUMBER}&archief=on",
    f"{reverse('core:search_suggestions')}?q={NUMBER}",
    f"{reverse('core:search')}?q=zwijg&archief=on",  # how every word begins that betrays it
    f"{reverse('billing:report_debtors')}?bestand=csv",
}


@pytest.fixture
def office():
    return RestrictedOffice()


def made_for(name):
    """A throw-away object of the kind that stands in the address."""
    make, _methods = ADDRESSES[name]
    with transaction.atomic():
        row = make()
        transaction.set_rollback(True)
    return row


def own_addresses(office):
    """[(name, url)] of the pages of rows that belong to the restricted relation."""
    rows = office.rows
    for name, (make, _methods) in ADDRESSES.items():
        row = make and rows.get(type(made_for(name)))
        if row is not None:
            yield name, address(name, row, office.hidden)


def other_addresses(office):
    """[(name, url)] of everything else, the pages of what mentions the restricted relation included."""
    for name, (make, _methods) in ADDRESSES.items():
        if not make:
            yield name, reverse(name, args=FURTHER.get(name))
            continue
        for row in office.mentions.get(type(made_for(name)), []):
            yield name, address(name, row, office.neighbour)
    for panel in panels.panels(office.viewer):
        yield "relations:relation_tab", reverse("relations:relation_tab", args=[office.neighbour.pk, panel.key])
    for shown in cards.of(office.viewer, timezone.localdate()):
        yield "core:start_card", reverse("core:start_card", args=[shown.card.key])
    yield from (("with a question", url) for url in BESIDES)


def address(name, row, relation):
    if name == "portals:conversation":
        return reverse(name, args=[relation.pk, row.task_id])
    return reverse(name, args=[row.pk, *FURTHER.get(name, [])])


def asked(client, method, url):
    """The answer, of which nothing is kept."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        answer.text_of_it = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def told(answer, tokens):
    text = answer.text_of_it.decode(errors="replace") + str(answer.headers)
    return [token for token in tokens if token in text]


def test_every_kind_of_page_is_tried(office):
    """With a row of the restricted relation, or with something in which it occurs."""
    made = {name: type(made_for(name)) for name, (make, _methods) in ADDRESSES.items() if make}

    assert {name for name, kind in made.items() if kind not in office.rows and kind not in office.mentions} == set()


class TestWithoutAccess:
    def test_its_own_pages_do_not_exist(self, client, office):
        client.force_login(office.viewer)

        answers = {
            (name, method): asked(client, method, url)
            for name, url in own_addresses(office)
            for method in sorted(ADDRESSES[name][1])
        }

        statuses = {key: answer.status_code for key, answer in answers.items()}
        assert {key: status for key, status in statuses.items() if status not in OTHERWISE.get(key[0], {404})} == {}
        assert {key: words for key, answer in answers.items() if (words := told(answer, office.tokens))} == {}

    def test_no_page_tells_anything_of_it(self, client, office):
        client.force_login(office.viewer)

        answers = {
            (name, url, method): asked(client, method, url)
            for name, url in other_addresses(office)
            for method in sorted(ADDRESSES.get(name, (None, {"get"}))[1])
        }

        assert {key: words for key, answer in answers.items() if (words := told(answer, office.tokens))} == {}
        assert {key for key, answer in answers.items() if answer.status_code >= 500} == set()

    def test_no_word_of_it_is_searched_for_with_success(self, client, office):
        """The page says again what was searched for, and nothing besides."""
        client.force_login(office.viewer)

        found = {
            word: words
            for word in [NUMBER, *office.tokens[::3]]
            if (
                words := told(
                    asked(client, "get", reverse("core:search", query={"q": word})), {*office.tokens} - {word}
                )
            )
        }

        assert found == {}


class TestNumbers:
    """What happens at a restricted relation moves no count, total or order that somebody without access sees."""

    # "Figures stay in totals" (decision 0012): of the office, and of a colleague who leaves
    TOTALS = (
        "/rapporten/",
        reverse("billing:month_list"),
        reverse("portals:mail"),
    )

    def test_on_no_page_move(self, client, office):
        client.force_login(office.viewer)
        with time_machine.travel(timezone.now(), tick=False):
            before = self.pages(client, office)
            office.something_happens()
            after = self.pages(client, office)

        assert {key for key in before if before[key] != after[key]} == set()

    def pages(self, client, office):
        return {
            (name, url): without_secrets(asked(client, "get", url))
            for name, url in other_addresses(office)
            if "get" in ADDRESSES.get(name, (None, {"get"}))[1]
            and not url.startswith(self.TOTALS)
            and name != "accounts:departure"
        }


def without_secrets(answer):
    """The page without what differs each time it is asked for."""
    text = answer.text_of_it.decode(errors="replace")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=|"X-CSRFToken": )"[^"]*"', "", text)


class TestWithAccess:
    def test_the_same_pages_tell_of_it(self, client, office):
        """Else the test above would prove nothing."""
        client.force_login(office.viewer)
        give_access(office)

        own = {name for name, url in own_addresses(office) if told(asked(client, "get", url), office.tokens)}
        others = {url for _name, url in other_addresses(office) if told(asked(client, "get", url), office.tokens)}

        assert {"relations:relation", "billing:invoice", "billing:agreement", "relations:task"} <= own
        assert len(others) >= 15


def give_access(office):
    assign_perm(SEEING, office.viewer, office.hidden)
