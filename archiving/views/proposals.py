"""The start of every act: freeze the set somebody pointed at, then show what would happen to exactly these."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from archiving.acts import proposals
from archiving.plans.plan import Act
from archiving.views.confirming import may


@require_POST
@may("archive")
def archive_one(request, pk):
    return show(request, Act.ARCHIVE, [pk])


@require_POST
@may("restore")
def restore_one(request, pk):
    return show(request, Act.RESTORE, [pk])


@require_POST
@may("erase")
def erase_one(request, pk):
    return show(request, Act.ERASE, [pk])


def show(request, act, relations, *, origin=""):
    job = proposals.propose(act, relations, by=request.user, origin=origin)
    return redirect(f"archiving:{act}", pk=job.pk)
