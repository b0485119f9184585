"""Linking a relation to a portal and unlinking it (R8).

The portal is told first, outside any transaction: while it is slow nobody waits for a lock, and when it says no nothing
of ours has changed. What it is told may be repeated, so whatever fails afterwards is mended by pressing again.
"""

import time
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from crm.core.refusals import Refusal, require, when_taken
from crm.jobs.models import ItemState
from crm.jobs.operations import Result
from portals.models import PortalLink, PortalProvider
from portals.providers import ProviderError, adapter_of
from relations.keeping import refuse_unless_active, relation_to_change
from relations.rights import CHANGE

SECONDS_A_CHUNK = 10  # of waiting for portals; the other rows of a job get their turn later


def link_portal(link, *, by):
    require(by, CHANGE)
    refuse_unless_active(link.relation)
    if PortalLink.objects.live().filter(provider=link.provider, external_id=link.external_id).exists():
        raise Refusal(_("This number at the portal is already linked to a relation."))
    if adapter := adapter_of(link.provider):
        _tell(link, adapter.link)
    return _keep(link, by=by)


@transaction.atomic
def _keep(link, *, by):
    relation_to_change(link.relation_id, by=by)
    with when_taken(_("This number at the portal is already linked to a relation.")):
        link.save()
    return link


def unlink_portal(link, *, on, by, only_here=False):
    """The link ends `on`; what was linked stays on record. `only_here`: the portal itself is not told."""
    require(by, CHANGE)
    refuse_unless_active(link.relation)
    if link.until:
        raise Refusal(_("This link has been ended already."))
    if not only_here and (adapter := adapter_of(link.provider)):
        _tell(link, adapter.unlink)
    return _end(link, on=on, by=by)


@transaction.atomic
def _end(link, *, on, by):
    relation_to_change(link.relation_id, by=by)
    link = PortalLink.objects.select_for_update().get(pk=link.pk)
    if link.until:
        raise Refusal(_("This link has been ended already."))
    link.until = max(on, link.since)
    link.save()
    return link


def status_at_portal(link):
    """A providers.State, or None when the office has no connection with the portal."""
    adapter = adapter_of(link.provider)
    return _tell(link, adapter.status) if adapter else None


def _tell(link, act):
    try:
        return act(link.external_id)
    except ProviderError as error:
        sentence = _("%(portal)s: %(problem)s. Nothing has been changed here.")
        names = {"portal": link.get_provider_display(), "problem": error.sentence}
        raise Refusal(sentence % names, status=503) from error


def live_links(relations):
    return PortalLink.objects.live().filter(relation__in=relations)


def live_per_provider(relations):
    """[(name of the portal, how many live links)]"""
    found = Counter(live_links(relations).values_list("provider", flat=True))
    return [(provider.label, found[provider]) for provider in PortalProvider if found[provider]]


def tell_portals(job, items):
    """{link: what its portal answered} for every live link of these relations; see _tell_all."""
    return _tell_all(_live(items))


def unlink_all(job, items, told):
    """A job's chunk: ends every live link of which the portal was told; {item: Result} where that did not work."""
    links = _live(items)
    answers = {link.pk: told.get(link.pk, "LATER") for link in links}
    ended = [link for link in links if answers[link.pk] == ""]
    today = timezone.localdate()
    for link in ended:
        link.until = max(today, link.since)
    bulk_update_with_history(ended, PortalLink, ["until"], default_user=job.by)
    return {item.pk: result for item in items if (result := _result(item, links, answers))}


def _live(items):
    return list(live_links([item.target_id for item in items]).order_by("relation", "pk"))


def _tell_all(links):
    """{link: "" (told), a code of providers.ERRORS, or "LATER"}. A portal that is silent is not asked again."""
    answers, silent, until = {}, {}, time.monotonic() + SECONDS_A_CHUNK
    for link in links:
        answer = silent.get(link.provider) or ("LATER" if time.monotonic() > until else _told(link))
        if answer in ("PORTAL_SILENT", "PORTAL_BROKEN"):
            silent[link.provider] = answer
        answers[link.pk] = answer
    return answers


def _told(link):
    adapter = adapter_of(link.provider)
    if adapter is None:
        return ""
    try:
        adapter.unlink(link.external_id)
    except ProviderError as error:
        return error.code
    return ""


def _result(item, links, answers):
    own = [answers[link.pk] for link in links if link.relation_id == item.target_id]
    if not own:
        return Result(ItemState.UNCHANGED)
    problem = next((answer for answer in own if answer), "")
    if not problem:
        return None
    return Result(ItemState.WAITING if problem == "LATER" else ItemState.FAILED, problem)
