"""Fills an empty database with a made-up office."""

import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.demo import seeding


class Command(BaseCommand):
    help = "Fills an empty database with demo data: a made-up Dutch office with its relations."

    def add_arguments(self, parser):
        parser.add_argument("--relations", type=int, default=400, metavar="N", help="how many (default 400)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are relations already")

    def handle(self, *, relations, if_empty, verbosity, **options):
        if relations < seeding.FEWEST:
            raise CommandError(f"At least {seeding.FEWEST} relations are needed to show every state.")
        if verbosity > 1:
            logging.getLogger("crm.demo").setLevel(logging.INFO)
        try:
            seeding.seed(relations, today=timezone.localdate())
        except seeding.NotEmpty:
            if if_empty:
                return
            raise CommandError(
                "There are relations already, and demo data would mix with them. Use an empty database (make reset)."
            ) from None
        seeding.analyse()
        self.stdout.write(f"{relations} demo relations made.")
