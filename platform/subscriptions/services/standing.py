"""Bring a town's standing in the registry up to date: at every door it is read, here alone it is written.

Not here: the rule (``subscriptions.standing``). Whoever changes what decides calls ``refresh_standing`` in the same
transaction, so that a payment opens the town at once; time alone is looked after by ``tasks``.
"""

from datetime import date

from django.db import transaction

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import audit
from subscriptions import letters
from subscriptions.models import Subscription
from subscriptions.queries.plans import terms
from subscriptions.queries.towns import facts_of, reminded_days
from subscriptions.standing import NORMAL, READ_ONLY, Verdict, standing_on
from tenants.context import in_public
from tenants.middleware import forget_tenant
from tenants.models import Tenant


def refresh_standing(subscription: Subscription, *, today: date) -> Verdict:
    """Write what counts today; a change is logged and told by mail. Call in public, with the row locked."""
    named = reminded_days([subscription.tenant_id]).get(subscription.tenant_id, ())
    verdict = standing_on(today, facts_of(subscription, terms(), named))
    town = Tenant.objects.select_for_update(no_key=True).get(pk=subscription.tenant_id)
    if town.standing == verdict.state:
        return verdict
    before, town.standing = town.standing, verdict.state
    Tenant.objects.filter(pk=town.pk).update(standing=verdict.state)
    audit(
        "town.standing_changed",
        actor=SYSTEM,
        subject_type="town",
        subject_id=town.pk,
        data={"before": before, "after": verdict.state, "cause": verdict.cause},
    )
    _tell(subscription, before, verdict)
    transaction.on_commit(lambda: _forget(town))
    return verdict


def locked_subscription(tenant_id: int) -> Subscription | None:
    """The town's row, locked until the transaction ends. Call in public."""
    found = Subscription.objects.select_for_update(of=("self",), no_key=True).select_related("tenant")
    return found.filter(tenant_id=tenant_id).first()


def _tell(subscription: Subscription, before: str, verdict: Verdict) -> None:
    if verdict.state == READ_ONLY:
        letters.send_read_only(subscription, verdict)
    elif verdict.state == NORMAL and before == READ_ONLY:
        letters.send_normal_again(subscription)
    elif verdict.cause == "trial_over":
        letters.send_trial_over(subscription, verdict)


def _forget(town: Tenant) -> None:
    with in_public():
        forget_tenant(town)
