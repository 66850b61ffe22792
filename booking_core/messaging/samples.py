"""Invented data for the previews of mails in the back office. Nothing of it is stored or sent.

Not here: the mails themselves (``composing``, ``composing_access``).
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Outcome
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.messaging import composing, composing_access
from booking_core.messaging.composing_domains import domain_lost, domain_missing, domain_proven
from booking_core.messaging.composing_settlement import booking_settled
from booking_core.messaging.contracts import MailDraft
from booking_core.messaging.samples_money import money_drafts
from booking_core.messaging.samples_payments import payment_drafts
from booking_core.messaging.samples_series import series_drafts, waiting_drafts
from booking_core.reservations.contracts import BookingView, Contact, ItemView
from booking_core.reservations.settling import Damage, Figures, SettlementView
from tenants.links import tenant_origin

_UUID = UUID(int=0)
_START = datetime(2027, 6, 12, 9, 0, tzinfo=UTC)
_SPAN = Span(_START, _START + timedelta(days=1))
_BEFORE = Span(_START - timedelta(days=7), _START - timedelta(days=6))


def sample_drafts(language: str) -> tuple[MailDraft, ...]:
    """One mail of every kind in ``language``."""
    with translation.override(language):
        asked, agreed, declined, gone = (
            _sample(state, language) for state in ("requested", "confirmed", "declined", "cancelled")
        )
        question = _("Brauchen Sie die Bühne?")
        answer = _("Nein, ohne Bühne.")
        reason = _("An diesem Tag wird der Boden erneuert.")
        sign_in = f"{tenant_origin()}/"
    code = composing_access.email_code(recipient="erika@example.org", code="482913", language=language)
    invitation = composing_access.staff_invited(
        recipient="max@example.org",
        name="Max Mustermann",
        inviter="Erika Mustermann",
        link=sign_in,
        language=language,
    )
    with translation.override(language):
        about_money = money_drafts(language)
    return (
        *about_money,
        composing.booking_requested(asked),
        composing.booking_confirmed(agreed),
        composing.booking_declined(declined, reason=reason),
        composing.booking_moved(agreed, before=(_BEFORE,)),
        composing.closed_around(agreed, spans=(_BEFORE,), reason="Bodenpflege"),
        composing.booking_changed(agreed, old_total=Money(6000)),
        composing.booking_cancelled(gone, by_staff=False),
        booking_settled(agreed, _settlement()),
        composing.question_asked(asked, text=question),
        composing.question_answered(asked, text=answer),
        composing.new_request(asked),
        code,
        invitation,
        *_domain_drafts(sign_in, language),
        *payment_drafts(asked, agreed, gone),
        *series_drafts(agreed),
        *waiting_drafts(agreed),
    )


def _domain_drafts(link: str, language: str) -> tuple[MailDraft, ...]:
    to, domain = "max@example.org", "buchen.musterstadt.example"
    return (
        domain_proven(recipient=to, domain=domain, link=link, language=language),
        domain_missing(recipient=to, domain=domain, ends_at=_START, link=link, language=language),
        domain_lost(recipient=to, domain=domain, link=link, language=language),
    )


def _settlement() -> SettlementView:
    return SettlementView(
        number=1,
        figures=Figures(damages=(Damage(_("Zwei Gläser"), Money(800)),)),
        quote={},
        fee=Money(10380),
        damages=Money(800),
        total=Money(11180),
        previous=Money(9000),
        difference=Money(2180),
        deposit_kept=Money(800),
        deposit_returned=Money(17200),
        balance=Money(17200),
        deposit_reason=_("Zwei Gläser"),
        note="",
        settled_at=_START + timedelta(days=2),
        settled_by="",
    )


def _sample(state: str, language: str) -> BookingView:
    hall = ItemView(
        id=0,
        resource_id=0,
        resource_name=_("Großer Saal"),
        resource_slug="grosser-saal",
        location_id=0,
        location_name=_("Dorfgemeinschaftshaus"),
        span=_SPAN,
    )
    return BookingView(
        id=0,
        uuid=_UUID,
        number="2027-0001",
        state=state,
        state_label="",
        source="site",
        title=_("Geburtstagsfeier"),
        items=(hall,),
        contact=Contact(name="Erika Mustermann", email="erika@example.org"),
        party_id=0,
        party_uuid=_UUID,
        booked_by_id=None,
        purpose="",
        customer_group="",
        persons=40,
        total=Money(9000),
        deposit=Money(18000),
        requested_at=_START - timedelta(days=60),
        language=language,
        version=1,
        sequence=0,
        quote={"outcome": Outcome.ACCEPTED.value},
    )
