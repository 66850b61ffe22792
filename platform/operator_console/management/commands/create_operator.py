"""``manage.py create_operator EMAIL``: give someone the operator console."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from booking_core.identity.contracts import SYSTEM
from operator_console.services import make_operator


class Command(BaseCommand):
    help = (
        "Give an account on the main host the operator console. It signs in by e-mail code and sets up MFA."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        make_operator(options["email"], name=options["name"], actor=SYSTEM)
        self.stdout.write(f"{options['email']} darf jetzt in die Betriebskonsole.")
