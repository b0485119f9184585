"""How often something may be tried for one address, counted in the cache under a hash of it."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    seconds: int  # after the first of them

    def is_reached(self, address):
        return cache.get(self._key(address), 0) >= self.most

    def count(self, address):
        cache.add(self._key(address), 0, self.seconds)
        with suppress(ValueError):  # the time is just over
            cache.incr(self._key(address))

    def forget(self, address):
        cache.delete(self._key(address))

    def _key(self, address):
        return f"{self.name}.{hashlib.sha256(address.casefold().encode()).hexdigest()}"
