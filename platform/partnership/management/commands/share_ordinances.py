"""``manage.py share_ordinances TOWN…``: share every published ordinance of towns that agreed to it in writing.

Not here: the page on which a town decides for itself (``views.exchange``). What a town withdrew stays withdrawn.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from booking_core.identity.contracts import Actor
from booking_core.ordinances.queries import ordinances_list
from partnership.catalogue import sharing_of
from partnership.sharing import newest_published, share_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant

_ACTOR = Actor("Betrieb der Plattform", by_staff=True)


class Command(BaseCommand):
    help = "Share every published ordinance of the named towns. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("town", nargs="+", help="sub-domain of the town")

    def handle(self, *_args: Any, **options: Any) -> None:
        for slug in options["town"]:
            town: Tenant | None = Tenant.objects.filter(slug=slug).first()
            if town is None:
                raise CommandError(f"Eine Kommune „{slug}“ gibt es nicht.")
            with in_tenant(town):
                self._share(town)

    def _share(self, town: Tenant) -> None:
        for ordinance in ordinances_list():
            if newest_published(ordinance) is None or sharing_of(town, ordinance.code) is not None:
                continue
            self.stdout.write(share_ordinance(ordinance.id, actor=_ACTOR))
