"""axe in the page that is open: in the light colours every rule, in the dark ones what depends on colour."""

from axe_playwright_python.sync_playwright import Axe

BAD = ("serious", "critical")
# axe would fetch style sheets once more, and as text in the page they do not find their own imports.
EVERYTHING = {"preload": False}
COLOURS = {"preload": False, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = {"light": EVERYTHING, "dark": COLOURS}

axe = Axe()


def inspect(page):
    found = [problem for look, rules in LOOKS.items() for problem in _problems(page, look, rules)]
    page.emulate_media(color_scheme="light")
    assert not found, f"{page.url}: {found}"


def _problems(page, look, rules):
    page.emulate_media(color_scheme=look)
    violations = axe.run(page, options={"resultTypes": ["violations"], "preload": False, **rules}).response[
        "violations"
    ]
    return [
        f"{look} {violation['id']}: {node['target']} {node['html'][:200]}"
        for violation in violations
        if violation["impact"] in BAD
        for node in violation["nodes"]
    ]
