"""Measures acts for sets of SIZE relations (1,000 and 10,000) and pages among 100,000; says what could not be done."""

import argparse
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
os.environ["CELERY_BROKER_URL"] = "memory://"  # nothing is to be done in the background
LIST_SIZE = 100_000  # the list is measured among so many relations
SPARE = 2.5  # about two in five relations of the demo data have nothing open


def main():
    options = _options()
    django.setup()
    from tests.bench import acts, bulk, finding, office, screens  # noqa: PLC0415  need the settings above

    count = options.relations or max(LIST_SIZE, int(max(options.sizes) * SPARE))
    with office.made(count):
        for size in options.sizes:
            acts.measure(size, runs=options.runs)
            bulk.measure(size, runs=options.runs)
        screens.measure(count)
        finding.measure(count)


def _options():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], metavar="SIZE")
    parser.add_argument(
        "--relations", type=int, help="relations in the database (default: 100,000, or what SIZE needs)"
    )
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
