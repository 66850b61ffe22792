"""The whole check of a wish before time is taken: the place's conditions, then the ordinance.

Not here: the single rules (``conditions``, ``engines.ordinance``), whether the time is free (``reservations``).
"""

from datetime import datetime

from booking_core.catalog.queries import opening_rules
from booking_core.ordinances.quoting import quote_for
from booking_core.workflows.conditions import Conditions, refuse_faults
from booking_core.workflows.contracts import PricedWish, Viewer, Wish
from booking_core.workflows.quoting import refusal_of
from booking_core.workflows.wishes import price_question, wished_resources
from tenants.context import tenant_zone


def allowed_wish(wish: Wish, *, viewer: Viewer, now: datetime) -> PricedWish:
    """The wish with its price if it may be asked for at all; raises the gravest refusal otherwise.

    Raises NotFound, InvalidInput, NotInAudience, InThePast, OffGrid, WrongDuration, OutsideOpeningHours,
    TooManyPersons, TooManyPieces, SpansOverlap, RefusedByOrdinance.
    """
    resources = wished_resources(wish, viewer=viewer)
    given = Conditions(viewer, now, tenant_zone(), opening_rules(wish.resource_ids))
    refuse_faults(wish, resources, given)
    quote, version_id = quote_for(price_question(wish, viewer=viewer, now=now))
    refusal = refusal_of(quote)
    if refusal is not None:
        raise refusal
    return PricedWish(wish, resources, quote, version_id)
