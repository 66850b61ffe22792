"""A town's own domains: claim, check, choose, give up. Each change leaves a line in the audit trail.

Not here: how a proof is found and what it means (``tenants.own_domains``).
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.queries import staff_members
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.messaging.composing_domains import domain_lost, domain_missing, domain_proven
from booking_core.messaging.outbox import queue_mail
from tenants.context import current_tenant
from tenants.errors import ClaimUnknown, DomainRefused
from tenants.links import tenant_url
from tenants.own_domains import claims, queries
from tenants.own_domains.contracts import Checked, ClaimView, HostView

ADMINISTRATOR = "administrator"
_ACTIONS = {
    "proven": "domain.proven",
    "went_missing": "domain.missing",
    "lost": "domain.lost",
    "expired": "domain.expired",
}


def own_claims() -> tuple[ClaimView, ...]:
    """The domains the town has entered, by name."""
    return queries.claims_of(current_tenant().pk)


def own_claim(uuid: UUID) -> ClaimView:
    """One domain the town has entered. Raises NotFound."""
    try:
        return queries.claim_of(current_tenant().pk, uuid)
    except ClaimUnknown as fault:
        raise NotFound(fault.message) from fault


def own_hosts() -> tuple[HostView, ...]:
    """The hosts the town answers on."""
    return queries.hosts_of(current_tenant().pk)


@transaction.atomic
def claim_own_domain(text: str, *, actor: Actor, now: datetime) -> ClaimView:
    """Enter a domain of the town's own. Raises InvalidInput with the reason it cannot have it."""
    tenant_id = current_tenant().pk
    try:
        claim = claims.claim_domain(tenant_id, text, now=now)
    except DomainRefused as refusal:
        raise InvalidInput(refusal.message, field="domain") from refusal
    if claim.created_at == now:
        _note("domain.claimed", claim.domain, actor)
    return claim


def check_own_domain(uuid: UUID, *, actor: Actor, now: datetime) -> ClaimView:
    """Look for the proof now. Takes a few seconds at most; call outside transactions. Raises NotFound."""
    try:
        return _check(uuid, actor=actor, now=now, by_mail=False).claim
    except ClaimUnknown as fault:
        raise NotFound(fault.message) from fault


def check_due_domains(*, now: datetime) -> int:
    """The daily look at the town's domains; administrators hear by mail what changed. The number of looks."""
    due = queries.claims_to_check(current_tenant().pk, now=now)
    for uuid in due:
        with suppress(ClaimUnknown):  # given up in between
            _check(uuid, actor=SYSTEM, now=now, by_mail=True)
    return len(due)


@transaction.atomic
def release_own_domain(uuid: UUID, *, actor: Actor, now: datetime) -> None:
    """Give a domain up. Raises NotFound."""
    try:
        claim = claims.release_claim(current_tenant().pk, uuid, now=now)
    except ClaimUnknown as fault:
        raise NotFound(fault.message) from fault
    _note("domain.released", claim.domain, actor)


@transaction.atomic
def choose_primary_domain(host: str, *, actor: Actor) -> None:
    """Let all links lead to this host. Raises NotFound for a host that is not proven."""
    try:
        before = claims.choose_primary(current_tenant().pk, host)
    except ClaimUnknown as fault:
        raise NotFound(fault.message) from fault
    if before != host:
        _note("domain.primary_chosen", host, actor)


def _check(uuid: UUID, *, actor: Actor, now: datetime, by_mail: bool) -> Checked:
    tenant_id = current_tenant().pk
    sighting = claims.look_at(tenant_id, uuid)
    with transaction.atomic():
        checked = claims.keep_sighting(tenant_id, uuid, sighting, now=now)
        if checked.change:
            _note(_ACTIONS[checked.change], checked.claim.domain, actor)
        if by_mail:
            _write_to_administrators(checked)
    return checked


def _note(action: str, domain: str, actor: Actor) -> None:
    audit(action, actor=actor, subject_type="domain", data={"name": domain})


def _write_to_administrators(checked: Checked) -> None:
    claim, link = checked.claim, tenant_url("backoffice_domains")
    for row in staff_members():
        if ADMINISTRATOR not in row.roles:
            continue
        if checked.change == "proven":
            queue_mail(domain_proven(recipient=row.email, domain=claim.shown, link=link))
        elif checked.change == "went_missing" and claim.ends_at:
            queue_mail(
                domain_missing(recipient=row.email, domain=claim.shown, ends_at=claim.ends_at, link=link)
            )
        elif checked.change == "lost":
            queue_mail(domain_lost(recipient=row.email, domain=claim.shown, link=link))
