"""Reads about own domains: a town's claims and hosts, what rests, what is due for the daily look.

Not here: writes (``claims``).
"""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tenants.context import in_public
from tenants.errors import ClaimUnknown
from tenants.models import ClaimState, Domain, DomainClaim, TenantState
from tenants.own_domains.contracts import ClaimView, HostView, State
from tenants.own_domains.naming import RECORD_LABEL, shown

EXPIRES_AFTER = timedelta(days=14)
LOST_AFTER = timedelta(days=7)
RESTS_FOR = timedelta(days=30)
LOOK_EVERY = timedelta(hours=23)  # a day, however the scheduler's hours fall
_VALUE = "biletado-domain="
_WATCHED = (ClaimState.PENDING, ClaimState.VERIFIED)


def record_name(domain: str) -> str:
    """Where the TXT record of a claim belongs."""
    return f"{RECORD_LABEL}.{domain}"


def record_value(token: str) -> str:
    """What the TXT record of a claim says."""
    return _VALUE + token


def claims_of(tenant_id: int) -> tuple[ClaimView, ...]:
    """The town's claims by domain, without those it has given up. One statement."""
    with in_public():
        rows = _with_primary().filter(tenant_id=tenant_id).exclude(state=ClaimState.RELEASED)
        return tuple(claim_view(row) for row in rows.order_by("domain"))


def claim_of(tenant_id: int, uuid: UUID) -> ClaimView:
    """One claim the town has not given up. Raises ClaimUnknown."""
    with in_public():
        rows = _with_primary().filter(tenant_id=tenant_id, uuid=uuid).exclude(state=ClaimState.RELEASED)
        if row := rows.first():
            return claim_view(row)
    raise ClaimUnknown(_("Diese Adresse ist hier nicht eingetragen."))


def hosts_of(tenant_id: int) -> tuple[HostView, ...]:
    """The hosts the town answers on, the one below the main host first."""
    with in_public():
        rows = list(Domain.objects.filter(tenant_id=tenant_id, verified_at__isnull=False).order_by("domain"))
    views = [
        HostView(
            row.domain, shown(row.domain), row.is_primary, not row.domain.endswith(f".{settings.BASE_HOST}")
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: view.is_own))


def is_resting(domain: str, tenant_id: int, *, now: datetime) -> bool:
    """Whether the domain was another town's until a short while ago. Call in the public schema."""
    ended = DomainClaim.objects.filter(domain=domain, proven_at__isnull=False, ended_at__gt=now - RESTS_FOR)
    return bool(ended.exclude(tenant_id=tenant_id).exists())


def claims_to_check(tenant_id: int, *, now: datetime) -> tuple[UUID, ...]:
    """The town's claims whose daily look is due, the longest unseen first."""
    with in_public():
        due = DomainClaim.objects.filter(_is_due(now), tenant_id=tenant_id)
        return tuple(due.order_by("checked_at").values_list("uuid", flat=True))


def schemas_with_claims_to_check(*, now: datetime) -> tuple[str, ...]:
    """The live towns with a claim whose daily look is due."""
    with in_public():
        due = DomainClaim.objects.filter(_is_due(now), tenant__state=TenantState.LIVE)
        return tuple(sorted(set(due.values_list("tenant__schema_name", flat=True))))


def claim_view(row: DomainClaim) -> ClaimView:
    """The values of a claim that leave the room."""
    ends_at = None
    if row.state == ClaimState.PENDING:
        ends_at = row.created_at + EXPIRES_AFTER
    elif row.state == ClaimState.VERIFIED and row.missing_since:
        ends_at = row.missing_since + LOST_AFTER
    return ClaimView(
        uuid=row.uuid,
        domain=row.domain,
        shown=shown(row.domain),
        state=cast(State, str(row.state)),
        state_label=str(ClaimState(row.state).label),
        finding=str(row.finding),
        pointing=str(row.pointing),
        record_name=record_name(row.domain),
        record_value=record_value(row.token),
        created_at=row.created_at,
        checked_at=row.checked_at,
        proven_at=row.proven_at,
        ends_at=ends_at,
        is_primary=bool(getattr(row, "is_primary", False)),
    )


def _with_primary() -> QuerySet[DomainClaim]:
    primary = Domain.objects.filter(
        tenant_id=OuterRef("tenant_id"), domain=OuterRef("domain"), is_primary=True
    )
    return DomainClaim.objects.annotate(is_primary=Exists(primary))


def _is_due(now: datetime) -> Q:
    return Q(state__in=_WATCHED) & (Q(checked_at__isnull=True) | Q(checked_at__lt=now - LOOK_EVERY))
