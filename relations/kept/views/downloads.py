"""Files of the dossier and of activities, given out to be saved (never shown in the browser)."""

from pathlib import PurePath

from django.http import Http404
from django.views.decorators.http import require_safe

from crm.core.uploads.fields import given_out
from relations.models import ActivityAttachment, DossierItem
from relations.rights import may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def attachment_file(request, pk):
    attachment = get_seen_or_404(request.user, ActivityAttachment.objects, pk=pk)
    return given_out(attachment.file, attachment.name)


@require_safe
@may_view
def document_file(request, pk):
    """An own upload; where a file elsewhere is, only its page says."""
    item = get_seen_or_404(request.user, DossierItem.objects, pk=pk)
    if not item.file:
        raise Http404
    return given_out(item.file, f"{item.title}{PurePath(item.file.name).suffix}")
