"""``manage.py prepare_template``: bring the template schema, from which towns are born, up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from tenants.provisioning.schema import prepare_template


class Command(BaseCommand):
    help = "Create or migrate the template schema from which new towns are born."

    def handle(self, *_args: Any, **_options: Any) -> None:
        prepare_template()
        self.stdout.write("Die Vorlage für neue Kommunen ist auf dem neuesten Stand.")
