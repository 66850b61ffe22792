"""A run begun on a page: a few towns at once, so that the page answers, the rest by a worker.

Not here: writing invoices (``services.invoicing``).
"""

from datetime import date, datetime

from django.db import transaction

from booking_core.identity.contracts import Actor
from subscriptions.contracts import RunOutcome
from subscriptions.services.invoicing import issue_due
from subscriptions.tasks import issue_rest

AT_ONCE = 20


def issue_some(*, until: date, actor: Actor, now: datetime) -> RunOutcome:
    """Write what is due for the first towns now and hand the others over. Raises FeeNotReady."""
    outcome = issue_due(until=until, actor=actor, now=now, most_towns=AT_ONCE)
    if outcome.left:
        transaction.on_commit(lambda: issue_rest.delay(until.isoformat(), actor.label))
    return outcome
