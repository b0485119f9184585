"""Numbers of erased relations: known again when somebody types one, never readable (R87)."""

import hashlib
import hmac

from django.conf import settings

from archiving.models import RetiredNumber


def retired_hash(number):
    """The keyed hash under which `number` is retired; blanks around it and capitals make no difference."""
    key, plain = settings.RETIRED_NUMBER_KEY.encode(), number.strip().casefold().encode()
    return hmac.new(key, plain, hashlib.sha256).hexdigest()


def retired(numbers):
    """Those of `numbers` that belonged to an erased relation, in one query."""
    by_hash = {retired_hash(number): number for number in numbers}
    found = RetiredNumber.objects.filter(hash__in=by_hash).values_list("hash", flat=True)
    return {by_hash[hash_] for hash_ in found}


def is_retired(number):
    return bool(retired([number]))
