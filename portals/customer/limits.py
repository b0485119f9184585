"""How often something may be tried for one address, counted in the cache under a hash of it."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """A try takes a place for `seconds`. Adding is one act in every cache; counting up is not, nor keeps its time."""

    name: str
    most: int
    seconds: int

    def is_reached(self, address):
        return len(cache.get_many(self._places(address))) == self.most

    def count(self, address):
        any(cache.add(place, True, self.seconds) for place in self._places(address))

    def forget(self, address):
        cache.delete_many(self._places(address))

    def _places(self, address):
        hashed = hashlib.sha256(address.casefold().encode()).hexdigest()
        return [f"{self.name}.{hashed}.{number}" for number in range(self.most)]
