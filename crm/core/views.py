"""The start of the site."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def start(request):
    return redirect("relations:relation_list")
