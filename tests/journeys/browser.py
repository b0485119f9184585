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


def watched_page(context):
    """(a page, what went wrong on it: broken scripts, what the browser refused, answers with status 500)."""
    context.set_default_timeout(15_000)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 500 else None)
    return page, wrong


def _is_wrong(message):
    """Chromium also tells of every 4xx, which some tests are about."""
    return message.type == "error" and "Failed to load resource" not in message.text
