"""Reading the address of a list to the letter: what is not understood is said, never skipped (B3)."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.core.conditions import Conditions, Known, Vocabulary
from crm.core.conditions.filters import CONDITION, MATCH

NOTHING_ASKED = Conditions([], "", Vocabulary(), Known())


def without_blanks(parameters):
    """What a form sends for fields that were left empty is no filter."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if filled := [value for value in values if value.strip()]:
            kept.setlist(name, filled)
    return kept


def filters(listing):
    """[(name, value)] of the filters that are on: the empty ones dropped, doubles too, in the filters' own order."""
    found = []
    for name in listing.filterset.filters:
        values = {value.strip() for value in listing.parameters.getlist(name)}
        found += [(name, value) for value in sorted(values) if value]
    return found + listing.conditions.parameters


def conditions(listing):
    """Those of a list that has a vocabulary; without one, none can be asked."""
    if listing.vocabulary is None:
        return NOTHING_ASKED
    texts = [text for text in listing.parameters.getlist(CONDITION) if text.strip()]
    return Conditions(texts, listing.parameters.get(MATCH, "").strip(), listing.vocabulary, listing.known)


def problems(listing):
    """Sentences that say what is wrong with the address, and what to do; an empty list when all is well."""
    asked = listing.conditions.problems
    address = [*_unknown(listing), *_doubled(listing), *_dead(listing), *asked, *_order(listing), *_page(listing)]
    return address + list(listing.own_problems())


def _unknown(listing):
    known = {*listing.filterset.filters, "sort", "page", *listing.carried}
    if listing.vocabulary is not None:
        known |= {CONDITION, MATCH}
    if any(name not in known for name in listing.parameters):
        yield _("The address of this page names a filter that does not exist. Clear the filter and start again.")


def _doubled(listing):
    fields = listing.form.fields
    for name in listing.parameters:
        takes_many = name == CONDITION or (
            name in fields and getattr(fields[name].widget, "allow_multiple_selected", False)
        )
        if len(listing.parameters.getlist(name)) > 1 and not takes_many:
            yield _("The address of this page gives the same thing twice. Clear the filter and start again.")
            return


def _dead(listing):
    """A value that is unknown, gone since the address was kept, or malformed."""
    gone = _("“%(filter)s” has a value that does not exist (any more). Remove this filter, or choose another value.")
    malformed = _("“%(filter)s” holds text that cannot be searched for. Shorten it or type it again.")
    for name, errors in listing.form.errors.as_data().items():
        is_gone = any(error.code == "invalid_choice" for error in errors)
        yield (gone if is_gone else malformed) % {"filter": listing.form.fields[name].label}


def _order(listing):
    if "sort" in listing.parameters and listing.parameters["sort"] not in listing.sorts:
        yield _("This list cannot be sorted that way. Click the head of a column to sort by it.")


def _page(listing):
    if "page" in listing.parameters and str(listing.number) != listing.parameters["page"]:
        yield _("The page number in the address is not a number of a page. Go to the first page.")
