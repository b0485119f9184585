"""Everything a person needs to try the product, in one command: database, demo data, web, worker and clock."""

import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connections

from crm.core.children import Children

HOST = "127.0.0.1"
DEMO_EMPLOYEE = "marieke@kantoor.example"
DEMO_ADMIN = "jan@kantoor.example"
DEMO_CUSTOMER = "klant@voorbeeld.example"
DEMO_PASSWORD = "welkom-archivaris"
PATIENCE = 60  # seconds until the site must answer
# Warnings that tell somebody who tries the product nothing to act on.
QUIET = ["-W", "ignore:No directory at", "-W", "ignore:You're running the worker with superuser"]
WEB_OPTIONS = ["--log-level", "warning", "--no-control-socket"]
WORKER_OPTIONS = ["--loglevel", "warning", "--without-gossip", "--without-mingle"]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

READY = """
Archivaris is ready: {address}
{accounts}
Ctrl-C stops everything; the data stays.
"""
ACCOUNTS = f"""
  employee       {DEMO_EMPLOYEE}
  administrator  {DEMO_ADMIN}
  password       {DEMO_PASSWORD}

  customer       {DEMO_CUSTOMER}, at {{address}}portaal/, same password
"""


class Command(BaseCommand):
    help = "Start database, web server and worker together, with demo data the first time."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="start with an empty database")

    def handle(self, *, port, no_demo, **_):
        self.refuse_taken(port)
        self.children = Children()
        for number in STOPPING:
            signal.signal(number, _interrupt)
        try:
            self.prepare(demo=not no_demo)
            self.start(port)
            self.wait_until_healthy(port)
            self.tell(port)
            self.watch()
        except KeyboardInterrupt:
            self.say("Stopping…")
        finally:
            self.stop()

    def refuse_taken(self, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise CommandError(f"Port {port} cannot be used ({error.strerror}): make run PORT={port + 1}") from None

    def prepare(self, *, demo):
        """Also starts the private database; this process uses it until the end, so that it stops last."""
        self.say("Bringing the database up to date…")
        call_command("migrate", verbosity=0, interactive=False)
        if demo and "seed_demo" in get_commands() and not self.has_relations():
            self.say("Loading demo data, once…")
            call_command("seed_demo", verbosity=0)
        connections.close_all()

    def has_relations(self):
        return apps.get_model(settings.ARCHIVING_ROOT)._base_manager.exists()

    def start(self, port):
        """Without a mail server, mail lies in a folder: a link in it can be followed, and nothing goes anywhere."""
        os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
        if not ("MAIL_HOST" in os.environ or "MAIL_BACKEND" in os.environ):
            os.environ.setdefault("MAIL_FOLDER", str(settings.VAR_DIR / "mail"))
        self.say("Starting web server, worker and clock…")
        celery = ["celery", "-A", "crm", "--quiet"]
        commands = {
            "web server": ["gunicorn", "crm.wsgi", "--bind", f"{HOST}:{port}", "--threads", "8", *WEB_OPTIONS],
            "worker": [*celery, "worker", "--concurrency", "3", *WORKER_OPTIONS],
            "clock": [*celery, "beat", "--loglevel", "warning"],
        }
        for name, command in commands.items():
            self.children.start(name, [sys.executable, *QUIET, "-m", *command], folder=settings.BASE_DIR)

    def wait_until_healthy(self, port):
        deadline = time.monotonic() + PATIENCE
        while (problem := _problem(f"http://{HOST}:{port}/health/")) is not None:
            self.fail_when_one_ended()
            if time.monotonic() > deadline:
                raise CommandError(f"The site does not become healthy: {problem}")
            time.sleep(0.2)

    def tell(self, port):
        has_demo = get_user_model().objects.filter(email=DEMO_EMPLOYEE).exists()
        connections.close_all()
        address = f"http://{HOST}:{port}/"
        self.say(READY.format(address=address, accounts=ACCOUNTS.format(address=address) if has_demo else ""))

    def watch(self):
        while True:
            self.fail_when_one_ended()
            time.sleep(0.2)

    def fail_when_one_ended(self):
        if ended := self.children.ended():
            name, code = ended
            raise CommandError(f"The {name} ended (exit code {code}), so the rest stops too.")

    def stop(self):
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        for name in self.children.stop():
            self.stderr.write(f"The {name} did not stop in time and was killed.")

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _interrupt(number, frame):
    raise KeyboardInterrupt


def _problem(address):
    """None when the site is healthy, else what is the matter."""
    try:
        with urllib.request.urlopen(address, timeout=10):
            return None
    except urllib.error.HTTPError as error:
        return json.load(error).get("problems") if error.code == 503 else str(error)
    except OSError as error:
        return str(error)
