"""What bulk edit is for, from the list to the last row (R56)."""

import pytest
from django.urls import reverse

from crm.jobs.models import Job
from relations.models import Relation, RelationStatus
from tests.factories import RelationFactory, RelationTagFactory, TagFactory

pytestmark = pytest.mark.django_db


def frozen(client, query):
    """Everything that the filter shows, as a set of its own."""
    start = f"{reverse('relations:bulk_start')}?{query}"
    client.post(start, {"expected": client.get(start).context["expected"]})
    return Job.objects.latest("pk")


def change(client, job, **form):
    """Through the form and the preview to the end."""
    client.post(reverse("relations:bulk_properties", args=[job.pk]), form)
    job.refresh_from_db()
    preview = reverse("relations:bulk_properties_preview", args=[job.pk])
    client.post(preview, {"fingerprint": job.preview["fingerprint"]})
    job.refresh_from_db()


class TestWhatItIsFor:
    """R56"""

    def test_a_new_field_is_filled_where_it_is_empty(self, as_employee):
        empty, filled = RelationFactory(city="Zeist", country=""), RelationFactory(city="Zeist", country="België")
        job = frozen(as_employee, "city=Zeist")

        change(as_employee, job, how_country="fill", country="Nederland")

        assert Relation.objects.get(pk=empty.pk).country == "Nederland"
        assert Relation.objects.get(pk=filled.pk).country == "België"
        assert (job.done, job.unchanged) == (1, 1)

    def test_who_got_newsletter_a_gets_newsletter_b(self, as_employee):
        a, b = TagFactory(name="Nieuwsbrief A"), TagFactory(name="Nieuwsbrief B")
        reader, other = RelationTagFactory(tag=a).relation, RelationFactory()
        job = frozen(as_employee, f"tag={a.pk}")

        change(as_employee, job, **{f"tag_{a.pk}": "remove", f"tag_{b.pk}": "add"})

        assert list(reader.tags.all()) == [b]
        assert not other.tags.exists()

    def test_inactive_relations_are_archived(self, as_employee):
        gone = RelationFactory(status=RelationStatus.FORMER, former_since="2020-01-01")
        stays = RelationFactory()
        job = frozen(as_employee, "status=former")
        page = reverse("archiving:archive", args=[job.pk])

        form = as_employee.get(page).context["form"]
        as_employee.post(
            page, {"expected": form["expected"].value(), "reason": "inactive", "confirmed": "on", "note": ""}
        )

        assert not Relation.objects.active().filter(pk=gone.pk).exists()
        assert Relation.objects.active().filter(pk=stays.pk).exists()
