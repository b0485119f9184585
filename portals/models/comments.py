"""What is said about a support task, by the customer and by the office (docs/decisions/0011)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core.models import SafeUploadTo
from relations.models import Relation, Task


class TaskComment(models.Model):
    """Words, a file or both, in the conversation of one relation with the office about a task.

    It belongs to that relation, also when the task moves to another: nobody reads what somebody else wrote, and erasing
    the relation takes all of it. `employee` is empty when the customer wrote it.
    """

    task = models.ForeignKey(  # empty when the task went with another relation that was erased
        Task, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("task")
    )
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="task_comments", verbose_name=_("relation"))
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("employee")
    )
    author_name = models.CharField(_("author"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    file = models.FileField(_("attachment"), upload_to=SafeUploadTo("support"), max_length=200, blank=True)
    file_name = models.CharField(_("name of the attachment"), max_length=120, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment on a support task")
        verbose_name_plural = _("comments on support tasks")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text="", file=""), name="taskcomment_says_something")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
