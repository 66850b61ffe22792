"""Join the waiting list and leave it.

Not here: offering freed time (``waiting_offers``), locks and states (``reservations.services.waiting``).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging import composing_waiting
from booking_core.messaging.outbox import queue_mail
from booking_core.messaging.waiting_links import entry_of_token
from booking_core.reservations.queries import is_free
from booking_core.reservations.queries.waiting import entry_by_uuid
from booking_core.reservations.services import waiting
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.waiting_contracts import WaitingView
from booking_core.workflows.checking import allowed_wish
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import NothingToWaitFor
from booking_core.workflows.tasks import look_for_waiting
from booking_core.workflows.wishes import wish_to_data

_LAST_PRIORITY = 1000


@with_retries
def join_waiting_list(
    wish: Wish, *, name: str, viewer: Viewer, actor: Actor, language: str, now: datetime
) -> WaitingView:
    """Wait for a time that is taken, with the proven address of ``viewer``.

    Raises everything ``allowed_wish`` raises, NothingToWaitFor (it is free), AlreadyWaiting, InvalidInput.
    """
    if not viewer.email:
        raise InvalidInput(_("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."), field="email")
    if not name.strip():
        raise InvalidInput(_("Geben Sie Ihren Namen an."), field="name")
    if len(wish.resource_ids) != 1 or len(wish.all_spans) != 1:
        raise InvalidInput(_("Auf die Warteliste kommt immer genau ein Termin."))
    wish = replace(wish, quantity=wish.pieces_of(wish.resource_ids[0]), pieces={})
    priced = allowed_wish(wish, viewer=viewer, now=now)
    if is_free(wish.resource_ids, wish.spans[0], now=now, quantity=wish.quantity):
        raise NothingToWaitFor(_("Diese Zeit ist gerade frei. Sie können sie gleich buchen."))
    priority = priced.quote.priority if priced.quote else None
    entry = waiting.join(
        waiting.WaitingData(
            resource_id=wish.resource_ids[0],
            span=wish.spans[0],
            wish=wish_to_data(replace(wish, group=wish.group or viewer.group)),
            name=name,
            email=viewer.email,
            user_id=viewer.user_id,
            language="en" if language.startswith("en") else "de",
            priority=_LAST_PRIORITY if priority is None else priority,
        ),
        now=now,
    )
    audit("waiting.joined", actor=actor, subject_type="waiting", subject_id=entry.uuid)
    queue_mail(composing_waiting.waiting_joined(entry))
    return entry


def waiting_entry(token: str) -> WaitingView:
    """The entry a link leads to. Raises NotFound."""
    return entry_by_uuid(entry_of_token(token))


def leave_waiting_list(uuid: UUID, *, actor: Actor) -> WaitingView:
    """Stop waiting; what was kept goes to the next. Raises NotFound."""
    entry = waiting.leave(uuid)
    audit("waiting.left", actor=actor, subject_type="waiting", subject_id=uuid)
    look_for_waiting()
    return entry
