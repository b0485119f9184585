"""What portals puts on the timeline of a relation: what was said about support tasks."""

from django.utils.translation import gettext_lazy as _

from relations.rights import VIEW
from relations.timeline.entries import Source, register

register(
    Source(
        kind="gesprek",
        label=_("Conversation"),
        done=lambda record: record.task_comments.all(),
        when="at",
        title="task__subject",
        text="text",
        who="author_name",
        panel="gesprekken",
        is_counted=False,  # the tab counts tasks: what was said about one that is gone is in none of them
        icon="chat-bubble-left-right",
        permission=VIEW,
        order=130,
        is_contact=True,
    )
)
