"""``manage.py demo_towns``: three unlike towns to try everything with; ``--show`` prints addresses and logins again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from onboarding.demo.borgstedt import BORGSTEDT
from onboarding.demo.contracts import DemoTown
from onboarding.demo.founding import found
from onboarding.demo.friedrichshafen import FRIEDRICHSHAFEN
from onboarding.demo.nussbaum import NUSSBAUM
from onboarding.demo.operator import appoint_operator
from onboarding.demo.paying import set_up_money
from onboarding.demo.populating import populate
from onboarding.demo.report import report
from tenants.context import in_tenant
from tenants.models import Tenant

TOWNS = (BORGSTEDT, NUSSBAUM, FRIEDRICHSHAFEN)


class Command(BaseCommand):
    help = "Create three demo towns through the services the pages use. Safe to run again, also after a kill."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="only print addresses and logins")

    def handle(self, *_args: Any, **options: Any) -> None:
        towns = [(town, self._shown(town) if options["show"] else self._made(town)) for town in TOWNS]
        if not options["show"]:
            appoint_operator()
        self.stdout.write(report(towns))

    def _made(self, town: DemoTown) -> Tenant:
        name = town.plan.short_name

        def tell(stage: str) -> None:
            self.stdout.write(f"{name}: {stage} …")

        tenant = found(town, tell=tell)
        with in_tenant(tenant):
            tell("Menschen und Buchungen")
            populate(town, tell=tell)
            tell("Geld")
            set_up_money(town)
        return tenant

    def _shown(self, town: DemoTown) -> Tenant:
        tenant: Tenant | None = Tenant.objects.filter(slug=town.plan.slug).first()
        if tenant is None:
            raise CommandError(
                "Die Vorführung ist noch nicht angelegt. Rufen Sie demo_towns ohne --show auf."
            )
        return tenant
