"""Portals behind the adapter, against one that answers over HTTP (R8)."""

import socket

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core.refusals import Refusal
from crm.jobs import freezing
from crm.jobs.models import ItemState
from portals.linking import actions as portal_links
from portals.models import PortalLink
from portals.providers import ProviderError, State, adapter_of
from portals.providers.http import HttpAdapter
from relations.models import Relation
from tests.factories import EmployeeFactory, PortalLinkFactory, RelationFactory
from tests.portals.fake_portal import running

NEW = {"provider": "pinkweb", "external_id": "PW 1/2", "since": "2026-03-01"}


@pytest.fixture
def portal():
    with running() as (portal, address):
        portal.address = address
        yield portal


@pytest.fixture
def adapter(portal):
    return HttpAdapter(portal.address, "geheim", timeout=0.3, pause=lambda seconds: None)


@pytest.fixture
def connected(portal, settings, monkeypatch):
    """Pinkweb is the running portal; the others have no address."""
    settings.PORTAL_PROVIDERS = {"pinkweb": {"url": portal.address, "key": "geheim"}}
    settings.PORTAL_TIMEOUT = 0.3
    monkeypatch.setattr("portals.providers.http.FIRST_PAUSE", 0)
    return portal


class TestTheAdapter:
    def test_links_asks_and_unlinks(self, adapter, portal):
        adapter.link("PW-1")
        there = adapter.status("PW-1")
        adapter.unlink("PW-1")

        assert (there, adapter.status("PW-1")) == (State.LINKED, State.UNLINKED)

    def test_may_be_told_twice(self, adapter):
        adapter.link("PW-1")
        adapter.link("PW-1")
        adapter.unlink("PW-1")

        adapter.unlink("PW-1")

        assert adapter.status("PW-1") == State.UNLINKED

    def test_writes_the_number_so_that_it_stays_one_part_of_the_address(self, adapter, portal):
        adapter.link("a/../b?c")

        assert portal.asked == [("PUT", "a%2F..%2Fb%3Fc")]

    @pytest.mark.parametrize("way", ["broken", "slow"])
    def test_tries_again_when_the_portal_stumbles(self, adapter, portal, way):
        portal.ways = [way, way]

        adapter.link("PW-1")

        assert [method for method, _number in portal.asked] == ["PUT"] * 3
        assert portal.linked == {"PW-1"}

    @pytest.mark.parametrize(
        ("way", "code", "tries"),
        [
            ("broken", "PORTAL_BROKEN", 3),
            ("slow", "PORTAL_SILENT", 3),
            ("garbage", "PORTAL_GARBLED", 1),
            ("other", "PORTAL_GARBLED", 1),
            ("list", "PORTAL_GARBLED", 1),
            ("refused", "PORTAL_REFUSED", 1),
            ("elsewhere", "PORTAL_REFUSED", 1),
        ],
    )
    def test_gives_up_with_a_clear_word(self, adapter, portal, way, code, tries):
        portal.ways = [way] * 9

        with pytest.raises(ProviderError) as raised:
            adapter.unlink("PW-1")

        assert (raised.value.code, len(portal.asked)) == (code, tries)
        assert raised.value.sentence
        assert "PW-1" not in str(raised.value)

    def test_says_so_when_nobody_listens(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{unused.getsockname()[1]}"

        with pytest.raises(ProviderError, match="PORTAL_SILENT"):
            HttpAdapter(address, "", timeout=0.3, pause=lambda seconds: None).status("PW-1")

    def test_refuses_the_wrong_key(self, portal):
        with pytest.raises(ProviderError, match="PORTAL_REFUSED"):
            HttpAdapter(portal.address, "fout").link("PW-1")

    def test_opens_no_files(self):
        with pytest.raises(ValueError, match="https"):
            HttpAdapter("file:///etc", "")

    def test_is_there_only_for_portals_with_an_address(self, connected):
        assert adapter_of("pinkweb")
        assert adapter_of("yob") is None


@pytest.mark.django_db
class TestLinkingAndUnlinking:
    def url(self, relation):
        return reverse("portals:relation_portals", args=[relation.pk])

    def test_tells_the_portal(self, as_employee, connected):
        """R8"""
        relation = RelationFactory()

        as_employee.post(self.url(relation), NEW)
        linked = set(connected.linked)
        as_employee.post(reverse("portals:portal_unlinking", args=[PortalLink.objects.get().pk]))

        assert linked == {"PW%201%2F2"}
        assert connected.linked == set()
        assert not PortalLink.objects.live().exists()

    @pytest.mark.parametrize("way", ["broken", "slow", "garbage", "refused"])
    def test_changes_nothing_when_the_portal_does_not_do_it(self, as_employee, connected, way):
        link = PortalLinkFactory()
        connected.ways = [way] * 9

        answer = as_employee.post(reverse("portals:portal_unlinking", args=[link.pk]))
        connected.ways = [way] * 9
        other = as_employee.post(self.url(RelationFactory()), NEW)

        assert (answer.status_code, other.status_code) == (503, 503)
        assert "Pinkweb: de portal" in answer.content.decode()
        assert PortalLink.objects.live().get() == link

    def test_can_be_ended_here_alone(self, as_employee, connected):
        link = PortalLinkFactory()

        as_employee.post(reverse("portals:portal_unlinking", args=[link.pk]), {"only_here": ""})

        assert connected.asked == []
        assert not PortalLink.objects.live().exists()

    def test_does_not_unlink_at_the_portal_what_another_relation_has(self, employee, connected):
        PortalLinkFactory(external_id="PW-1")
        late = PortalLink(relation=RelationFactory(), provider="pinkweb", external_id="PW-1")

        with pytest.raises(Refusal):
            portal_links.link_portal(late, by=employee)

        assert connected.asked == []

    def test_asks_the_portal_how_it_stands(self, as_employee, connected):
        link = PortalLinkFactory()

        answer = as_employee.post(reverse("portals:portal_status", args=[link.pk]), follow=True)

        assert "Pinkweb: is daar niet meer gekoppeld" in answer.content.decode()


@pytest.mark.django_db
class TestInBulk:
    def job(self, by):
        return freezing.freeze(Relation.objects.all(), by=by)

    def start(self, client, job):
        url = reverse("portals:unlink_portals", args=[job.pk])
        page = client.get(url)
        return page, client.post(url, {"expected": page.context["expected"]})

    def outcomes(self, job):
        return {item.target_id: (item.state, item.reason) for item in job.items.all()}

    def test_ends_every_live_link_of_the_set(self, as_employee, employee, connected):
        """R8"""
        links = [PortalLinkFactory(), PortalLinkFactory(provider="yob")]
        bare = RelationFactory()
        job = self.job(employee)

        page, answer = self.start(as_employee, job)

        assert page.context["providers"] == [("Pinkweb", 1), ("Yob", 1)]
        assert answer.url == reverse("jobs:job", args=[job.pk])
        assert not PortalLink.objects.live().exists()
        assert self.outcomes(job) == {
            **{link.relation_id: (ItemState.DONE, "") for link in links},
            bare.pk: (ItemState.UNCHANGED, ""),
        }
        assert links[0].history.first().until

    def test_takes_along_what_an_earlier_preview_left_out(self, as_employee, employee, connected):
        """R8: the page to archive them foresaw that they are blocked by the very link."""
        link = PortalLinkFactory()
        job = self.job(employee)
        job.items.update(state=ItemState.SKIPPED, reason="PORTAL_LINK")

        self.start(as_employee, job)

        assert not PortalLink.objects.live().exists()
        assert self.outcomes(job) == {link.relation_id: (ItemState.DONE, "")}

    def test_reports_the_rows_of_a_portal_that_is_silent_and_goes_on_with_the_others(
        self, as_employee, employee, connected
    ):
        silent, other = PortalLinkFactory.create_batch(3), PortalLinkFactory(provider="yob")
        connected.ways = ["slow"] * 99
        job = self.job(employee)

        self.start(as_employee, job)

        failed = (ItemState.FAILED, "PORTAL_SILENT")
        assert self.outcomes(job) == {
            **{link.relation_id: failed for link in silent},
            other.relation_id: (ItemState.DONE, ""),
        }
        assert len(connected.asked) == 3  # not once more for each of the others
        assert set(PortalLink.objects.live()) == set(silent)

    def test_leaves_for_later_what_its_portal_was_not_asked_about(self, employee):
        """Another worker had the row when the portals were told."""
        told, other = PortalLinkFactory.create_batch(2)
        job = self.job(employee)

        results = portal_links.unlink_all(job, list(job.items.order_by("target")), {told.pk: ""})

        assert [(result.state, result.reason) for result in results.values()] == [(ItemState.WAITING, "LATER")]
        assert list(PortalLink.objects.live()) == [other]

    def test_does_nothing_when_it_is_not_what_was_shown(self, as_employee, employee):
        """B2: 409"""
        link = PortalLinkFactory()
        job = self.job(employee)
        url = reverse("portals:unlink_portals", args=[job.pk])
        shown = as_employee.get(url).context["expected"]
        PortalLinkFactory(relation=link.relation)

        answer = as_employee.post(url, {"expected": shown})

        assert answer.status_code == 409
        assert PortalLink.objects.live().count() == 2

    def test_is_nobody_elses(self, as_employee):
        PortalLinkFactory()
        job = self.job(EmployeeFactory())

        assert as_employee.get(reverse("portals:unlink_portals", args=[job.pk])).status_code == 404

    def test_takes_as_many_queries_for_many(self, employee):
        counts = []
        for size in (3, 30):
            PortalLinkFactory.create_batch(size)
            job = freezing.freeze(Relation.objects.filter(portal_links__until=None).distinct(), by=employee)
            with CaptureQueriesContext(connection) as queries:
                items = list(job.items.all())
                portal_links.unlink_all(job, items, portal_links.tell_portals(job, items))
            counts.append(len(queries))

        assert counts[0] == counts[1]
