"""Plans with the prices of a day, the terms, and which plan fits a town.

Not here: what one town ordered (``queries.towns``).
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from booking_core.engines.tax import TaxLine, Treatment, add_up
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from subscriptions.contracts import PlanView, Price, Terms
from subscriptions.models import FeeTerms, Plan, PlanPrice
from tenants.context import in_public


def plans(*, on: date, only_offered: bool = False) -> tuple[PlanView, ...]:
    """All plans by size, with what they cost ``on`` a day; two statements."""
    with in_public():
        found = Plan.objects.prefetch_related("prices")
        if only_offered:
            found = found.filter(is_offered=True)
        return tuple(plan_view(row, on=on) for row in found)


def plan(plan_id: int, *, on: date) -> PlanView:
    """One plan. Raises NotFound."""
    with in_public():
        row = Plan.objects.prefetch_related("prices").filter(pk=plan_id).first()
        if row is None:
            raise NotFound(_("Diesen Tarif gibt es nicht."))
        return plan_view(row, on=on)


def fitting_plans(*, kind: str, population: int | None, on: date) -> tuple[PlanView, ...]:
    """The offered plans with a price that a town of this kind and size may take, the best fit first.

    Best: made for this kind rather than for all, then the narrowest range of sizes, then the lower price.
    """
    found = [
        one
        for one in plans(on=on, only_offered=True)
        if one.fits(kind=kind, population=population) and (one.yearly or one.monthly)
    ]
    return tuple(sorted(found, key=lambda one: (not one.kinds, -one.population_from, _cents(one), one.id)))


def _cents(one: PlanView) -> int:
    return one.yearly.net.cents if one.yearly else 12 * one.monthly.net.cents if one.monthly else 0


def plan_view(row: Plan, *, on: date) -> PlanView:
    """The values of a plan that leave the room; its prices should be prefetched."""
    prices = tuple(_price(one) for one in row.prices.all())
    return PlanView(
        id=row.pk,
        name=row.name,
        name_en=row.name_en or row.name,
        kinds=tuple(row.kinds),
        population_from=row.population_from,
        population_to=row.population_to,
        is_offered=row.is_offered,
        prices=prices,
        yearly=_in_force(prices, "year", on),
        monthly=_in_force(prices, "month", on),
    )


def _in_force(prices: Iterable[Price], interval: str, on: date) -> Price | None:
    begun = [one for one in prices if one.interval == interval and one.valid_from <= on]
    return max(begun, key=lambda one: one.valid_from, default=None)


def _price(row: PlanPrice) -> Price:
    percent = Decimal(row.tax_percent)
    sums = add_up([TaxLine(row.net_cents, Treatment("S" if percent else "E", percent), is_gross=False)])
    return Price(row.pk, row.interval, row.valid_from, Money(row.net_cents), percent, Money(sums.gross_cents))


def terms() -> Terms:
    """The operators' terms; sensible ones while nobody has set any."""
    with in_public():
        row = FeeTerms.objects.filter(pk=1).first()
    if row is None:
        return Terms()
    known = {item.name: getattr(row, item.name) for item in fields(Terms)}
    return Terms(**{**known, "reminder_days": tuple(row.reminder_days)})
