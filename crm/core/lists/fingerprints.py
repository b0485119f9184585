"""A set of rows in a few characters: what a form sends back, so that another set than was shown is refused (B2).

Two sets with the same number of rows and the same XOR of hashes of their keys are the same set.
"""

from django.db.models import BitXor, Count, F, Func, IntegerField, Value
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal


def hash_of(key="pk"):
    return Func(F(key), Value(0), function="hashint8extended", output_field=IntegerField())


def tally(rows, key="pk"):
    """(number of rows, XOR of their hashes), in one query."""
    found = rows.order_by().aggregate(count=Count("pk"), hash=BitXor(hash_of(key)))
    return found["count"], found["hash"] or 0


def fingerprint(count, hash):
    return f"{count}-{hash & 0xFFFF_FFFF_FFFF_FFFF:x}"


def refuse_unless_shown(rows, expected, key="pk"):
    """Refuse when `rows` is another set than the one that was shown with fingerprint `expected`."""
    if fingerprint(*tally(rows, key)) != expected:
        raise Refusal(_("The selection has changed since you saw it. Go back to the list and check it first."))
