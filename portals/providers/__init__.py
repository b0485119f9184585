"""Portals of other suppliers behind one small interface: each provider that has an address in the settings gets an
adapter; of the others only our own record is kept (R8)."""

from django.conf import settings

from portals.providers.http import HttpAdapter
from portals.providers.interface import Adapter, ProviderError, State

__all__ = ["Adapter", "ProviderError", "State", "adapter_of"]


def adapter_of(provider):
    """The Adapter of `provider` (a PortalProvider), or None when the office has no connection with it."""
    given = settings.PORTAL_PROVIDERS.get(provider, {})
    if not given.get("url"):
        return None
    return HttpAdapter(given["url"], given.get("key", ""), timeout=settings.PORTAL_TIMEOUT)
