"""Take up a SEPA mandate: the account is checked, the day is not in the future.

Not here: storing it (``identity.mandates``), debits (``bank_runs``).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.errors import NotSetUp
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.services.profile import check_account
from booking_core.identity.contracts import Actor, Mandate
from booking_core.identity.mandates import set_mandate
from booking_core.kernel.errors import InvalidInput

KINDS = ("CORE", "B2B")


@transaction.atomic
def take_up_mandate(party_uuid: UUID, mandate: Mandate, *, actor: Actor, now: datetime) -> None:
    """Store what a party has signed. Raises NotFound, NotSetUp (no creditor identifier), InvalidInput by field."""
    if not required_profile().creditor_id:
        raise NotSetUp(
            _("Tragen Sie unter „Zahlung und Rechnung“ erst die Gläubiger-Identifikationsnummer ein.")
        )
    if mandate.signed_on > timezone.localdate(now):
        raise InvalidInput(_("Dieser Tag liegt in der Zukunft."), field="signed_on")
    if mandate.kind not in KINDS:
        raise InvalidInput(_("Diese Auswahl gibt es nicht."), field="kind")
    account = check_account(mandate.iban, mandate.bic)
    set_mandate(party_uuid, replace(mandate, iban=account.iban, bic=account.bic), actor=actor)


@transaction.atomic
def end_mandate(party_uuid: UUID, *, reason: str, actor: Actor) -> None:
    """Note that a party has taken its mandate back. Raises NotFound, InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum das Mandat endet."), field="text")
    set_mandate(party_uuid, None, actor=actor, reason=reason)
