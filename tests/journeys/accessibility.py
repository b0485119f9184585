"""axe in the page that is open: in the light colours every rule, in the dark ones what depends on colour."""

from axe_playwright_python.sync_playwright import Axe

# axe would fetch style sheets once more, and as text in the page they do not find their own imports.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
COLOURS = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = {"light": EVERYTHING, "dark": COLOURS}
# Only what is told crosses over from the browser: the whole answer is a megabyte a page.
RUN = """async (options) => (await axe.run(document, options)).violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 200)}`))"""

SCRIPT = Axe().axe_script


def inspect(page):
    found = problems(page)
    assert not found, "\n".join(found)


def problems(page):
    """A line for each thing that is bad, with the address; none when all is well."""
    page.evaluate(SCRIPT)
    found = [
        f"{page.url} {look} {problem}" for look, rules in LOOKS.items() for problem in _problems(page, look, rules)
    ]
    page.emulate_media(color_scheme="light")
    return found


def _problems(page, look, rules):
    page.emulate_media(color_scheme=look)
    return page.evaluate(RUN, rules)
