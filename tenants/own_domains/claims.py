"""Claim a domain, look for its proof, give it up, choose the primary one.

Not here: which names are possible (``naming``), asking the DNS (``lookup``), reads (``queries``).

    claim → PENDING ── look finds the record ──→ VERIFIED: the town answers there
               │ 14 days without                    │ 7 days without the record
               ↓                                    ↓
             FAILED ←───────────────────────────────┘        release → RELEASED, a tombstone

No answer from the DNS proves nothing and takes nothing away. A look happens outside transactions; the claim's row is
locked while what it found is kept, and ``Domain.domain`` is unique: of two towns that prove a domain at the same moment
one gets it. A domain that was another town's rests for 30 days, because links to it are still in people's mail.
"""

from contextlib import suppress
from datetime import datetime
from secrets import compare_digest, token_urlsafe
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenants.context import in_public
from tenants.errors import ClaimUnknown, DomainRefused
from tenants.middleware import forget_hosts
from tenants.models import ClaimFinding, ClaimState, Domain, DomainClaim, Pointing
from tenants.own_domains.contracts import Change, Checked, ClaimView, Sighting
from tenants.own_domains.lookup import DnsSilent, Look
from tenants.own_domains.naming import domain_of, refuse_look_alike, refuse_reserved
from tenants.own_domains.queries import (
    EXPIRES_AFTER,
    LOST_AFTER,
    claim_view,
    is_resting,
    record_name,
    record_value,
)

MOST_CLAIMS = 10
_OPEN = (ClaimState.PENDING, ClaimState.VERIFIED, ClaimState.FAILED)


def claim_domain(tenant_id: int, text: str, *, now: datetime) -> ClaimView:
    """Say that a domain is the town's own; a claim that is there already is returned. Raises DomainRefused."""
    domain = domain_of(text)
    refuse_reserved(domain, base_host=settings.BASE_HOST)
    with in_public(), transaction.atomic():
        theirs = Domain.objects.exclude(tenant_id=tenant_id).values_list("domain", flat=True)
        if domain in (others := frozenset(theirs)):
            raise DomainRefused(_("Diese Adresse hat schon eine andere Kommune nachgewiesen."))
        refuse_look_alike(domain, others=others)
        if is_resting(domain, tenant_id, now=now):
            raise DomainRefused(
                _("Diese Adresse gehörte bis vor Kurzem einer anderen Kommune. Sie ruht noch 30 Tage.")
            )
        known = DomainClaim.objects.filter(tenant_id=tenant_id, state__in=_OPEN)
        if found := known.filter(domain=domain).first():
            return claim_view(found)
        if known.count() >= MOST_CLAIMS:
            raise DomainRefused(
                _("Mehr als zehn eigene Adressen sind nicht möglich. Entfernen Sie zuerst eine.")
            )
        made = DomainClaim.objects.create(
            tenant_id=tenant_id, domain=domain, token=token_urlsafe(24), created_at=now
        )
        return claim_view(made)


def look_at(tenant_id: int, uuid: UUID) -> Sighting:
    """Look into the DNS. Takes a few seconds at most; call outside transactions. Raises ClaimUnknown."""
    with in_public():
        seen = DomainClaim.objects.filter(tenant_id=tenant_id, uuid=uuid, state__in=_OPEN).first()
    if seen is None:
        raise ClaimUnknown(_("Diese Adresse ist hier nicht eingetragen."))
    look = Look()
    return Sighting(_proof_in(look, seen), _pointing_of(look, seen.domain))


def keep_sighting(tenant_id: int, uuid: UUID, sighting: Sighting, *, now: datetime) -> Checked:
    """Keep what a look found, and what follows from it. Raises ClaimUnknown (given up meanwhile)."""
    with in_public(), transaction.atomic():
        claim = _locked(tenant_id, uuid)
        change = _keep(claim, ClaimFinding(sighting.finding), now)
        claim.checked_at = now
        claim.pointing = sighting.pointing or claim.pointing
        claim.save()
        return Checked(claim_view(claim), change)


def release_claim(tenant_id: int, uuid: UUID, *, now: datetime) -> ClaimView:
    """Give a domain up: the town no longer answers there. Raises ClaimUnknown."""
    with in_public(), transaction.atomic():
        claim = _locked(tenant_id, uuid)
        _take_away(claim)
        claim.state, claim.ended_at = ClaimState.RELEASED, claim.ended_at or now
        claim.save(update_fields=["state", "ended_at"])
        return claim_view(claim)


def choose_primary(tenant_id: int, host: str) -> str:
    """Make a proven host the one all links lead to; returns the one before. Raises ClaimUnknown."""
    with in_public(), transaction.atomic():
        mine = Domain.objects.select_for_update().filter(tenant_id=tenant_id).order_by("pk")
        rows = {row.domain: row for row in mine}
        if host not in rows or rows[host].verified_at is None:
            raise ClaimUnknown(_("Diese Adresse ist nicht nachgewiesen."))
        before = next((name for name, row in rows.items() if row.is_primary), "")
        _set_primary(tenant_id, host)
        return before


def _proof_in(look: Look, claim: DomainClaim) -> ClaimFinding:
    try:
        texts = look.texts(record_name(claim.domain))
    except DnsSilent:
        return ClaimFinding.SILENT
    wanted = record_value(claim.token)
    if any(compare_digest(text.strip().encode(), wanted.encode()) for text in texts):
        return ClaimFinding.FOUND
    return ClaimFinding.WRONG if texts else ClaimFinding.MISSING


def _pointing_of(look: Look, domain: str) -> Pointing:
    with suppress(DnsSilent):
        if not (theirs := look.addresses(domain)):
            return Pointing.NOWHERE
        return Pointing.HERE if theirs & look.addresses(settings.BASE_HOST) else Pointing.ELSEWHERE
    return Pointing.UNKNOWN


def _keep(claim: DomainClaim, finding: ClaimFinding, now: datetime) -> Change:
    claim.finding = finding
    if finding == ClaimFinding.SILENT:
        return ""
    if finding == ClaimFinding.FOUND:
        claim.missing_since = None
        return "" if claim.state == ClaimState.VERIFIED else _prove(claim, now)
    if claim.state == ClaimState.VERIFIED:
        return _miss(claim, now)
    if claim.state == ClaimState.PENDING and now - claim.created_at >= EXPIRES_AFTER:
        claim.state = ClaimState.FAILED
        return "expired"
    return ""


def _prove(claim: DomainClaim, now: datetime) -> Change:
    if is_resting(claim.domain, claim.tenant_id, now=now):
        claim.finding = ClaimFinding.RESTING
        return ""
    try:
        with transaction.atomic():
            Domain.objects.create(
                tenant_id=claim.tenant_id, domain=claim.domain, is_primary=False, verified_at=now
            )
    except IntegrityError:
        claim.finding, claim.state = ClaimFinding.TAKEN, ClaimState.FAILED
        return ""
    claim.state, claim.proven_at, claim.ended_at = ClaimState.VERIFIED, now, None
    _forget(claim.tenant_id, [claim.domain])
    return "proven"


def _miss(claim: DomainClaim, now: datetime) -> Change:
    if claim.missing_since is None:
        claim.missing_since = now
        return "went_missing"
    if now - claim.missing_since < LOST_AFTER:
        return ""
    _take_away(claim)
    claim.state, claim.ended_at = ClaimState.FAILED, now
    return "lost"


def _take_away(claim: DomainClaim) -> None:
    """The town no longer answers on the domain; where links led there, they lead to its sub-domain again."""
    if claim.state != ClaimState.VERIFIED:
        return
    gone = Domain.objects.select_for_update().filter(tenant_id=claim.tenant_id, domain=claim.domain).first()
    if gone is None:
        return
    if gone.is_primary:
        _set_primary(claim.tenant_id, f"{claim.tenant.slug}.{settings.BASE_HOST}")
    gone.delete()
    _forget(claim.tenant_id, [claim.domain])


def _set_primary(tenant_id: int, host: str) -> None:
    mine = Domain.objects.filter(tenant_id=tenant_id)
    mine.filter(is_primary=True).update(is_primary=False)
    mine.filter(domain=host).update(is_primary=True)
    _forget(tenant_id, list(mine.values_list("domain", flat=True)))


def _locked(tenant_id: int, uuid: UUID) -> DomainClaim:
    rows = DomainClaim.objects.select_for_update(of=("self",)).select_related("tenant")
    claim = rows.filter(tenant_id=tenant_id, uuid=uuid, state__in=_OPEN).first()
    if claim is None:
        raise ClaimUnknown(_("Diese Adresse ist hier nicht eingetragen."))
    return claim


def _forget(tenant_id: int, hosts: list[str]) -> None:
    def forget() -> None:
        with in_public():
            forget_hosts(tenant_id, hosts)

    transaction.on_commit(forget)
