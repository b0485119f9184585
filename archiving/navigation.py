from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.acts.beginning import permission
from archiving.models import Archival
from crm.core import navigation


def _in_the_archive(employee):
    """Counted from the open acts, which have an index; the relations have none on their act."""
    withheld = policies.root().objects.withheld_from(employee).values("pk")
    return Archival.objects.filter(restored_at=None, root__erasure=None).exclude(root__in=withheld).count()


navigation.register(
    navigation.Entry(
        group="admin",
        label=_("Archived relations"),
        url_name="archiving:archived_relation_list",
        permission=(permission("restore"), permission("erase")),
        order=10,
        count_for=_in_the_archive,
    )
)
