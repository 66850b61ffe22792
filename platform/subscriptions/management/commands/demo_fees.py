"""``manage.py demo_fees``: invented terms and prices, and one demo town that has ordered and owes a first invoice.

Not here: the towns (``manage.py demo_towns``). Safe to run again.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from booking_core.identity.contracts import Actor
from booking_core.kernel.money import Money
from subscriptions.contracts import PlanView, Terms
from subscriptions.queries.plans import fitting_plans, plans, terms
from subscriptions.queries.towns import subscription_of
from subscriptions.services.accounts import PlanChoice, open_subscription, order, set_population
from subscriptions.services.invoicing import issue_due
from subscriptions.services.plans import NewPrice, PlanFacts, add_price, save_plan, save_terms
from tenants.models import Tenant, TenantState

_ACTOR = Actor("Betrieb der Plattform", by_staff=True)
_TERMS = Terms(
    seller_name="Musterverbund Biletado eG", seller_street="Musterkai 1", seller_postal_code="24103",
    seller_city="Kiel", seller_contact="Geschäftsstelle", seller_email="kasse@musterverbund.example",
    seller_phone="0431 0000000", seller_register_id="GnR 0000", tax_number="20/000/00000", vat_id="DE123456789",
    creditor_name="Musterverbund Biletado eG", iban="DE02120300000000202051",
)  # fmt: skip
_PLANS = (
    (PlanFacts("Dorf", "Village", ("municipality",), 0, 4_999), 48_000),
    (PlanFacts("Stadt", "Town", ("municipality",), 5_000, 49_999), 120_000),
    (PlanFacts("Große Stadt", "City", ("municipality",), 50_000), 360_000),
    (PlanFacts("Verbund", "Association", ("association", "district")), 180_000),
    (PlanFacts("Einrichtung", "Institution", ("body",)), 60_000),
)
_PEOPLE = {"borgstedt": 1_650, "friedrichshafen": 62_000, "nussbaum": 450}


class Command(BaseCommand):
    help = "Invented terms and prices for the demo, and one town that has ordered."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        if not terms().is_complete:
            save_terms(_TERMS, actor=_ACTOR)
        if not plans(on=today):
            for facts, cents in _PLANS:
                self._plan(facts, cents, today)
        for town in Tenant.objects.filter(state=TenantState.LIVE).order_by("pk"):
            open_subscription(town.pk, today=today)
            if town.population is None and town.slug in _PEOPLE:
                set_population(town.pk, _PEOPLE[town.slug], actor=_ACTOR)
        self._order_for_one(today)
        issued = issue_due(until=today + timedelta(days=120), actor=_ACTOR, now=now).done
        self.stdout.write(f"Tarife: {len(_PLANS)}, neue Rechnungen: {issued}")

    def _plan(self, facts: PlanFacts, cents: int, today: date) -> PlanView:
        made = save_plan(facts, actor=_ACTOR, today=today)
        price = NewPrice("year", date(today.year, 1, 1), Money(cents), Decimal(19))
        return add_price(made.id, price, actor=_ACTOR, today=today)

    def _order_for_one(self, today: date) -> None:
        """The oldest town has ordered; the others are in their trial."""
        town = Tenant.objects.filter(state=TenantState.LIVE).order_by("pk").first()
        if town is None or subscription_of(town.pk, today=today).is_ordered:
            return
        fitting = fitting_plans(kind=str(town.kind), population=town.population, on=today)
        if fitting:
            order(town.pk, PlanChoice(fitting[0].id, "year"), actor=_ACTOR, now=timezone.now())
