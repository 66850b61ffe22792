"""A town connects its own account with Stripe: made once, filled in on Stripe's pages, looked at, given up.

Not here: the calls (``finance.providers.stripe.accounts``), which account is whose (``tenants.stripe_accounts``).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.finance.errors import StripeNotSetUp
from booking_core.finance.providers.stripe import accounts
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.workflows.payments.actors import STRIPE
from tenants.context import current_tenant
from tenants.links import tenant_origin, tenant_url
from tenants.stripe_accounts import (
    ConnectedAccount,
    accounts_before,
    connected_account,
    disconnect_account,
    note_account,
    remember_account,
)


def connect(*, actor: Actor, return_to: str, again_at: str) -> str:
    """Where the treasurer goes on: Stripe's onboarding of the town's account, made at the first call.

    ``return_to`` and ``again_at`` name our pages to come back to. The key counts the town's accounts: a call that got
    no answer is asked again and gives the same account. Raises StripeNotSetUp, ProviderUnreachable, ProviderRefused.
    """
    known = connected_account()
    account_id = known.account_id if known is not None else _make(actor=actor)
    return accounts.onboarding_url(
        account_id, return_url=tenant_url(return_to), refresh_url=tenant_url(again_at)
    )


def _make(*, actor: Actor) -> str:
    town = current_tenant()
    made = accounts.make_account(
        name=town.official_name,
        email=town.contact_email,
        url=tenant_origin(),
        tenant=str(town.uuid),
        key=f"account-{town.uuid}-{accounts_before() + 1}",
    )
    remember_account(made.account_id)
    audit("stripe.connected", actor=actor, subject_type="town", data={"account": made.account_id})
    return made.account_id


def refresh_account(account_id: str, *, now: datetime) -> ConnectedAccount | None:
    """Fetch what Stripe says of the account and keep it. Raises ProviderUnreachable, ProviderRefused."""
    state = accounts.look_at_account(account_id)
    note_account(
        account_id,
        details_submitted=state.details_submitted,
        charges_enabled=state.charges_enabled,
        payouts_enabled=state.payouts_enabled,
        requirements=state.requirements,
        disabled_reason=state.disabled_reason,
        now=now,
    )
    return connected_account()


def disconnect(*, actor: Actor, now: datetime) -> None:
    """Offer no payment there any more; what is under way ends as usual. Raises StripeNotSetUp."""
    known = connected_account()
    if known is None or not disconnect_account(known.account_id, now=now):
        raise StripeNotSetUp(_("Es ist kein Konto verbunden."))
    audit("stripe.disconnected", actor=actor, subject_type="town", data={"account": known.account_id})


def was_disconnected(account_id: str, *, now: datetime) -> None:
    """The town took our access away in its own Stripe account."""
    if disconnect_account(account_id, now=now):
        audit("stripe.disconnected", actor=STRIPE, subject_type="town", data={"account": account_id})
