"""The reference adapter: PUT, DELETE and GET on <address>/links/<number>, JSON, a key as bearer token.

Tries a portal that is silent or broken a few times, a little longer apart each time; never waits without an end.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit

from portals.providers.interface import ProviderError, State

TRIES = 3
FIRST_PAUSE = 0.2  # seconds; twice as long after each try
MOST_BYTES = 64 * 1024  # of an answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Elsewhere the key is none of anybody's business."""

    def redirect_request(self, *_args, **_kwargs):
        return None


class HttpAdapter:
    def __init__(self, address, key, *, timeout=5.0, pause=time.sleep):
        if urlsplit(address).scheme not in ("http", "https"):
            raise ValueError("the address of a portal begins with https:// (or http://)")
        self.address, self.key, self.timeout, self.pause = address.rstrip("/"), key, timeout, pause
        self.opener = urllib.request.build_opener(_NoRedirects)

    def link(self, external_id):
        self._expect(self._ask("PUT", external_id), State.LINKED)

    def unlink(self, external_id):
        """A number that the portal does not know is not linked: done."""
        answer = self._ask("DELETE", external_id)
        if answer is not None:
            self._expect(answer, State.UNLINKED)

    def status(self, external_id):
        answer = self._ask("GET", external_id)
        return State.UNLINKED if answer is None else self._state(answer)

    # --- one question ------------------------------------------------------------------------------------------------

    def _ask(self, method, external_id):
        """The answer's bytes; None when the portal does not know the number."""
        for attempt in range(TRIES):
            if attempt:
                self.pause(FIRST_PAUSE * 2 ** (attempt - 1))
            try:
                return self._once(method, external_id)
            except ProviderError as error:
                if error.code not in ("PORTAL_SILENT", "PORTAL_BROKEN"):
                    raise
                last = error
        raise last

    def _once(self, method, external_id):
        request = urllib.request.Request(self._url(external_id), method=method, headers=self._headers())
        try:
            with self.opener.open(request, timeout=self.timeout) as answer:
                return self._read(answer, time.monotonic() + self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                return self._refused(method, error.code)
        except (OSError, http.client.HTTPException) as error:
            raise ProviderError("PORTAL_SILENT") from error

    def _read(self, answer, until):
        """The timeout is one of silence: a portal that drips would keep us for ever."""
        parts = []
        while part := answer.read1(MOST_BYTES):
            parts.append(part)
            if time.monotonic() > until or sum(map(len, parts)) > MOST_BYTES:
                raise ProviderError("PORTAL_SILENT")
        return b"".join(parts)

    def _refused(self, method, status):
        if status == 404 and method != "PUT":
            return
        raise ProviderError("PORTAL_BROKEN" if status >= 500 or status == 429 else "PORTAL_REFUSED")

    def _url(self, external_id):
        return f"{self.address}/links/{quote(external_id, safe='')}"

    def _headers(self):
        return {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}

    def _expect(self, answer, state):
        if self._state(answer) != state:
            raise ProviderError("PORTAL_GARBLED")

    def _state(self, answer):
        try:
            return State(json.loads(answer)["status"])
        except (ValueError, KeyError, TypeError) as error:
            raise ProviderError("PORTAL_GARBLED") from error
