"""Saved filters that name a relation which is to be erased."""

from urllib.parse import unquote_plus

from django.urls import reverse
from django.utils.translation import gettext as _

from archiving.mentions import Mention, register
from relations.models import SavedFilter

IDENTIFYING = ("number", "name", "email", "phone", "mobile", "kvk_number", "vat_number", "iban")
SHORTEST = 4  # of a word that is looked for: shorter ones occur everywhere


def in_saved_filters(relations, employee):
    words = {str(getattr(relation, name)).casefold() for relation in relations for name in IDENTIFYING}
    words = [word for word in words if len(word) >= SHORTEST]
    changeable = set(SavedFilter.objects.editable_by(employee).values_list("pk", flat=True))
    asked = SavedFilter.objects.exclude(query="").select_related("owner").order_by("name", "pk")
    return [_mention(saved, saved.pk in changeable) for saved in asked if _names_one(saved, words)]


def _names_one(saved, words):
    text = unquote_plus(saved.query).casefold()
    return any(word in text for word in words)


def _mention(saved, is_changeable):
    """The name of a filter that its owner keeps private stays theirs."""
    if is_changeable:
        return Mention(
            _("saved filter “%(name)s”") % {"name": saved.name}, reverse("relations:saved_filter_edit", args=[saved.pk])
        )
    return Mention(_("a saved filter of %(owner)s") % {"owner": saved.owner.name})


register(in_saved_filters)
