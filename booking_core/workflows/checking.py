"""The whole check of a wish before time is taken: the place's conditions, then the ordinance.

Not here: the single rules (``conditions``, ``engines.ordinance``), whether the time is free (``reservations``).
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.catalog.queries import opening_rules
from booking_core.kernel.errors import InvalidInput
from booking_core.ordinances.queries import document_of_version
from booking_core.workflows.conditions import Conditions, refuse_faults
from booking_core.workflows.contracts import PricedWish, Viewer, Wish
from booking_core.workflows.errors import SpansOverlap
from booking_core.workflows.quoting import (
    is_price_known,
    price_in_force,
    priced_wish,
    refusal_of,
    refuse_answers_of_staff,
)
from booking_core.workflows.wishes import parts_of_wish, wished_resources
from tenants.context import tenant_zone


def allowed_wish(wish: Wish, *, viewer: Viewer, now: datetime) -> PricedWish:
    """The wish with its price if it may be asked for at all; raises the gravest refusal otherwise.

    Raises NotFound, InvalidInput, NotInAudience, InThePast, OffGrid, WrongDuration, OutsideOpeningHours,
    TooManyPersons, TooManyPieces, SpansOverlap, RefusedByOrdinance.
    """
    resources = wished_resources(wish, viewer=viewer)
    wish = replace(wish, group=wish.group or viewer.group)
    given = Conditions(viewer, now, tenant_zone(), opening_rules(wish.all_resource_ids))
    if len(set(wish.all_spans)) < len(wish.spans) + len({span for _room, span in wish.elsewhere}):
        raise SpansOverlap(_("Zwei der gewünschten Zeiten überschneiden sich."), field="spans")
    for part in parts_of_wish(wish):
        rooms = tuple(one for one in resources if one.id in part.resource_ids)
        refuse_faults(part, rooms, given)
    priced = priced_wish(wish, resources, price_in_force(wish, viewer=viewer, now=now))
    refuse_answers_of_staff(priced, viewer=viewer)
    refusal = refusal_of(priced.quote)
    if refusal is not None:
        raise refusal
    return priced


def refuse_unanswered(priced: PricedWish) -> None:
    """Raise InvalidInput where the price is open only because nobody said for whom or for what.

    Called when a booking is placed; while a form is filled in, its first steps are priced without.
    """
    if priced.ordinance_version_id is None or is_price_known(priced.quote):
        return
    document = document_of_version(priced.ordinance_version_id)
    if len(document.groups) > 1 and not priced.wish.group:
        raise InvalidInput(_("Wählen Sie, für wen Sie buchen. Davon hängt das Entgelt ab."), field="group")
    if len(document.purposes) > 1 and not priced.wish.purpose:
        raise InvalidInput(_("Wählen Sie, wofür Sie buchen. Davon hängt das Entgelt ab."), field="purpose")
