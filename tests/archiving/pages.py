"""Walking through the pages of an act as a browser does: press the button with what the page shows."""

from django.urls import reverse

from archiving.acts import proposals
from archiving.plans.plan import Act

ARCHIVE = {"reason": "switched", "note": "Overgestapt", "confirmed": "on"}
ERASE = {"reason": "request", "answer_retention": "on", "answer_community": "delete"}


def proposed(act, *relations, by):
    """A draft job, and the address of its page."""
    job = proposals.propose(Act(act), [relation.pk for relation in relations], by=by)
    return job, reverse(f"archiving:{act}", args=[job.pk])


def shown(client, url):
    """The hidden fields of the page, which say what it shows."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in ("expected", "shown")}


def confirm(client, url, **answers):
    return client.post(url, shown(client, url) | answers)
