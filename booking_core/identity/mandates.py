"""SEPA mandates: what a party has signed, so that the town may debit its account.

Not here: checking the account (``finance.services.mandates``), debits (``finance``).
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor, Mandate
from booking_core.identity.models import Party
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound

_UNUSED_MONTHS = 36  # SEPA rulebook: a mandate nobody used for three years is gone
_EMPTY: dict[str, object] = {
    "reference": "", "signed_on": None, "kind": "", "holder": "", "iban": "", "bic": "", "is_one_off": False,
    "used_on": None,
}  # fmt: skip


def mandates_of(party_ids: Collection[int], *, on: date | None = None) -> dict[int, Mandate]:
    """The mandates of these parties; with ``on``, only those that can be used that day. One statement."""
    rows = Party.objects.filter(pk__in=party_ids).exclude(mandate_reference="")
    found = {row.pk: _view(row) for row in rows}
    if on is None:
        return found
    return {party_id: mandate for party_id, mandate in found.items() if is_usable(mandate, on)}


def mandate_of(party_id: int) -> Mandate | None:
    """The party's mandate, usable or not."""
    return mandates_of([party_id]).get(party_id)


def is_usable(mandate: Mandate, on: date) -> bool:
    """Signed, not a used one-off, and used or signed within three years.

    >>> is_usable(Mandate("M1", date(2024, 1, 1), "CORE", "Chor", "DE02"), date(2027, 2, 1))
    False
    """
    if mandate.signed_on > on or (mandate.is_one_off and mandate.used_on is not None):
        return False
    last = mandate.used_on or mandate.signed_on
    return (on.year - last.year) * 12 + on.month - last.month <= _UNUSED_MONTHS


@transaction.atomic
def set_mandate(party_uuid: UUID, mandate: Mandate | None, *, actor: Actor, reason: str = "") -> None:
    """Store what was signed, or with None that it was taken back. Raises NotFound, InvalidInput (reference taken)."""
    party = Party.objects.select_for_update().filter(uuid=party_uuid).first()
    if party is None:
        raise NotFound(_("Diese Person oder Organisation gibt es nicht."))
    if mandate and Party.objects.filter(mandate_reference=mandate.reference).exclude(pk=party.pk).exists():
        raise InvalidInput(_("Diese Mandatsreferenz ist schon vergeben."), field="reference")
    for name, empty in _EMPTY.items():
        setattr(party, f"mandate_{name}", getattr(mandate, name) if mandate else empty)
    party.save()
    audit(
        "party.mandate_set" if mandate else "party.mandate_ended",
        actor=actor,
        subject_type="party",
        subject_id=party_uuid,
        reason=reason.strip(),
        data={"reference": mandate.reference} if mandate else {},
    )


def note_mandate_used(party_id: int, day: date) -> None:
    """A debit was carried out by the party's mandate."""
    Party.objects.filter(pk=party_id).update(mandate_used_on=day)


def _view(row: Party) -> Mandate:
    return Mandate(
        reference=row.mandate_reference,
        signed_on=row.mandate_signed_on or date.min,
        kind=row.mandate_kind,
        holder=row.mandate_holder,
        iban=row.mandate_iban,
        bic=row.mandate_bic,
        is_one_off=row.mandate_is_one_off,
        used_on=row.mandate_used_on,
    )
