"""Prices for pages of other rooms: the table of the landing page, and what fits one town.

Not here: how prices come about (``queries.plans``).
"""

from django import template
from django.utils import timezone

from subscriptions import presenters
from subscriptions.queries.plans import fitting_plans, plans, terms

register = template.Library()


@register.inclusion_tag("subscriptions/parts/prices.html")
def fee_prices() -> dict[str, object]:
    """The prices of all offered plans; nothing where there are none."""
    found = [one for one in plans(on=timezone.localdate(), only_offered=True) if one.yearly or one.monthly]
    return {"table": presenters.price_table(found) if found else None, "trial_days": terms().trial_days}


@register.inclusion_tag("subscriptions/parts/fitting.html")
def fee_fitting(kind: str, population: int | None) -> dict[str, object]:
    """In two sentences: how long is free, and what it costs afterwards."""
    found = fitting_plans(kind=kind, population=population or None, on=timezone.localdate())
    return {
        "words": presenters.plan_in_words(found[0]) if found else "",
        "trial_days": terms().trial_days,
        "knows_population": bool(population),
    }
