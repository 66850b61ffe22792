"""Which account with Stripe belongs to which town: the one fact about payments that lives in the registry.

Not here: Stripe itself, and everything that is paid (``booking_core.finance``). Works from any schema.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tenants.context import current_tenant, in_public
from tenants.models import StripeAccount, Tenant


@dataclass(frozen=True, slots=True)
class ConnectedAccount:
    """A town's account. ``requirements`` are Stripe's names for what is missing; empty: nothing."""

    account_id: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool
    requirements: tuple[str, ...]
    disabled_reason: str
    checked_at: datetime | None
    number: int  # how many accounts the town has had, this one included


def connected_account() -> ConnectedAccount | None:
    """The account the current town uses now; None where it has none."""
    tenant_id = current_tenant().pk
    with in_public():
        rows = list(StripeAccount.objects.filter(tenant_id=tenant_id).order_by("pk"))
    current = next((row for row in rows if row.disconnected_at is None), None)
    return _view(current, len(rows)) if current is not None else None


def accounts_before() -> int:
    """How many accounts the current town has had; the next one is that many plus one."""
    tenant_id = current_tenant().pk
    with in_public():
        return StripeAccount.objects.filter(tenant_id=tenant_id).count()


@transaction.atomic
def remember_account(account_id: str) -> None:
    """Tie a new account to the current town. Raises IntegrityError where it is another town's, or the town has one."""
    tenant_id = current_tenant().pk
    with in_public():
        StripeAccount.objects.create(tenant_id=tenant_id, account_id=account_id)


def note_account(
    account_id: str,
    *,
    details_submitted: bool,
    charges_enabled: bool,
    payouts_enabled: bool,
    requirements: Sequence[str],
    disabled_reason: str,
    now: datetime,
) -> None:
    """Keep what Stripe says about the current town's account; another town's stays as it is."""
    tenant_id = current_tenant().pk
    with in_public():
        StripeAccount.objects.filter(account_id=account_id, tenant_id=tenant_id).update(
            details_submitted=details_submitted,
            charges_enabled=charges_enabled,
            payouts_enabled=payouts_enabled,
            requirements=list(requirements),
            disabled_reason=disabled_reason[:100],
            checked_at=now,
        )


def disconnect_account(account_id: str, *, now: datetime) -> bool:
    """Stop using the account for what is new; False where the current town does not use it."""
    tenant_id = current_tenant().pk
    with in_public():
        found = StripeAccount.objects.filter(
            account_id=account_id, tenant_id=tenant_id, disconnected_at__isnull=True
        )
        return bool(found.update(disconnected_at=now, charges_enabled=False))


def town_of_account(account_id: str) -> Tenant | None:
    """The town an account belongs to, whatever its state; None where it is nobody's."""
    with in_public():
        found = StripeAccount.objects.select_related("tenant").filter(account_id=account_id).first()
    return found.tenant if found is not None else None


def towns_with_accounts() -> list[str]:
    """The schemas of towns that have, or had, an account: suspended ones too, because their money is under way."""
    with in_public():
        found = StripeAccount.objects.order_by("tenant_id").values_list("tenant__schema_name", flat=True)
        return list(dict.fromkeys(found))


def _view(row: StripeAccount, number: int) -> ConnectedAccount:
    return ConnectedAccount(
        account_id=row.account_id,
        details_submitted=row.details_submitted,
        charges_enabled=row.charges_enabled,
        payouts_enabled=row.payouts_enabled,
        requirements=tuple(row.requirements),
        disabled_reason=row.disabled_reason,
        checked_at=row.checked_at,
        number=number,
    )
