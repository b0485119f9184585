"""Which Chromium, and how it is started."""

import os
import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=nl-NL",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def launch_options():
    """CHROMIUM names the browser; otherwise one that is on this machine; otherwise Playwright's own."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return {"args": FLAGS, "env": {**os.environ, "LANGUAGE": "nl"}} | ({"executable_path": found} if found else {})
