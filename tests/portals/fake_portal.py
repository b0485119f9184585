"""A portal of another supplier, on loopback: knows numbers, and can be slow, broken, garbled or refuse."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakePortal:
    """`linked`: the numbers it holds; `ways`: how it answers the next questions, "well" when none is left."""

    def __init__(self, key):
        self.key, self.linked, self.ways, self.asked = key, set(), [], []

    def answer(self, method, number, authorization):
        """(status, body)"""
        self.asked.append((method, number))
        way = self.ways.pop(0) if self.ways else "well"
        if way == "slow":
            time.sleep(0.6)
        if way in ANSWERS:
            return ANSWERS[way]
        if authorization != f"Bearer {self.key}":
            return 401, b"{}"
        return self._answer(method, number)

    def _answer(self, method, number):
        if method == "PUT":
            self.linked.add(number)
        elif number not in self.linked:
            return 404, b"{}"
        if method == "DELETE":
            self.linked.discard(number)
        state = "linked" if number in self.linked else "unlinked"
        return 200, json.dumps({"status": state}).encode()


ANSWERS = {
    "broken": (500, b"oops"),
    "garbage": (200, b"<html>\xff"),
    "other": (200, b'{"status": "misschien"}'),
    "list": (200, b"[]"),
    "refused": (403, b"{}"),
    "elsewhere": (302, b""),
}


@contextmanager
def running(key="geheim"):
    """(the portal, its address)"""
    portal = FakePortal(key)

    class Handler(BaseHTTPRequestHandler):
        def _do(self):
            number = self.path.removeprefix("/api/links/")
            status, body = portal.answer(self.command, number, self.headers["Authorization"])
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elders")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_DELETE = _do

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield portal, f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        server.server_close()
