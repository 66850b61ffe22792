"""``manage.py clean_up_half_born --hours N``: remove failed births older than N hours (default: a week)."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from tenants.provisioning.cleanup import clean_up_half_born


class Command(BaseCommand):
    help = "Remove schema, files and rows of towns whose birth failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hours", type=int, default=7 * 24, help="Only births untouched for this long")

    def handle(self, *_args: Any, **options: Any) -> None:
        freed = clean_up_half_born(older_than=timedelta(hours=options["hours"]))
        self.stdout.write("Entfernt: " + (", ".join(freed) or "nichts"))
