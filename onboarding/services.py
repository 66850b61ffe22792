"""Writes of a sign-up: begin, keep an answer, prove the address, send links.

Not here: sending it off (``birth_plans``), pages (``views``). Every function is one transaction.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.messaging.composing_access import email_code, signup_resume
from booking_core.messaging.outbox import queue_mail
from onboarding import codes
from onboarding.errors import CodeRefused, SignUpGone, SignUpSent, TooManyTries
from onboarding.models import SignUp, SignUpState
from onboarding.queries import open_sign_ups_of, token_of
from tenants.links import main_url
from tenants.visitors import may_try

_HOUR = 3600
_CODES_PER_ADDRESS, _CODES_PER_CLIENT, _STARTS_PER_CLIENT = 5, 30, 30


@transaction.atomic
def start_sign_up(*, client: str) -> UUID:
    """Begin an empty sign-up. ``client`` is the visitor's IP address. Raises TooManyTries."""
    if not may_try("sign-up", client, most=_STARTS_PER_CLIENT, seconds=_HOUR):
        raise TooManyTries(
            _("Von hier aus wurden viele Anmeldungen begonnen. Bitte versuchen Sie es in einer Stunde.")
        )
    return SignUp.objects.create().uuid


@transaction.atomic
def keep_answer(uuid: UUID, step: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer of one step; the others stay as they are. Raises SignUpSent, SignUpGone."""
    row = _locked(uuid)
    row.answers = {**row.answers, step: dict(answer)}
    row.save(update_fields=["answers", "updated_at"])


@transaction.atomic
def send_code(uuid: UUID, *, email: str, client: str) -> None:
    """Send a fresh code to ``email``; a new address has to be proven again. Raises TooManyTries, SignUpSent."""
    address = email.strip().lower()
    row = _locked(uuid)
    allowed = may_try("code-client", client, most=_CODES_PER_CLIENT, seconds=_HOUR)
    if not allowed or not may_try("code-address", address, most=_CODES_PER_ADDRESS, seconds=_HOUR):
        raise TooManyTries(
            _("Es wurden zu viele Codes angefordert. Bitte versuchen Sie es in einer Stunde noch einmal."),
            field="email",
        )
    code = codes.new_code()
    if row.email != address:
        row.email, row.email_verified_at = address, None
    row.code_digest = codes.digest(code, sign_up=uuid, email=address)
    row.code_expires_at = timezone.now() + codes.LIVES
    row.code_attempts = 0
    row.save()
    queue_mail(email_code(recipient=address, code=code, language=get_language() or "de"))


def confirm_code(uuid: UUID, typed: str) -> None:
    """Mark the address as proven and send the link to go on elsewhere. Raises CodeRefused, SignUpSent.

    A wrong try is counted in a transaction of its own, so that the refusal cannot undo the count.
    """
    with transaction.atomic():
        row = _locked(uuid)
        fresh = row.code_expires_at is not None and timezone.now() < row.code_expires_at
        left = row.code_attempts < codes.MOST_TRIES
        right = fresh and left and codes.is_right(typed, row.code_digest, sign_up=uuid, email=row.email)
        row.code_attempts += 1
        if right:
            row.email_verified_at, row.code_digest, row.code_expires_at = timezone.now(), "", None
        row.save()
        if right:
            _queue_link(row)
    if not right:
        raise CodeRefused(
            _(
                "Der Code ist nicht richtig oder nicht mehr gültig."
                " Prüfen Sie die Ziffern oder fordern Sie einen neuen an."
            ),
            field="code",
        )


@transaction.atomic
def mail_link(uuid: UUID) -> bool:
    """Send the link to the proven address; False where none is proven, or it was sent often. Raises SignUpGone."""
    row = SignUp.objects.filter(uuid=uuid).first()
    if row is None:
        raise SignUpGone(_("Diese Anmeldung gibt es nicht mehr."))
    if row.email_verified_at is None or not may_try(
        "link", row.email, most=_CODES_PER_ADDRESS, seconds=_HOUR
    ):
        return False
    _queue_link(row)
    return True


@transaction.atomic
def mail_links_to(email: str, *, client: str) -> None:
    """Send the link of the newest open sign-up of this address, if there is one; the caller is told nothing."""
    if not may_try("link-client", client, most=_CODES_PER_CLIENT, seconds=_HOUR):
        raise TooManyTries(_("Bitte versuchen Sie es in einer Stunde noch einmal."), field="email")
    for uuid in open_sign_ups_of(email)[:1]:
        mail_link(uuid)


def _queue_link(row: SignUp) -> None:
    name = row.answers.get("name", {}).get("short_name", "")
    link = main_url("sign_up_resume", token=token_of(row.uuid))
    queue_mail(signup_resume(recipient=row.email, town_name=name, link=link, language=get_language() or "de"))


def _locked(uuid: UUID) -> SignUp:
    row = SignUp.objects.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise SignUpGone(_("Diese Anmeldung gibt es nicht mehr."))
    if row.state != SignUpState.OPEN:
        raise SignUpSent(_("Diese Anmeldung ist schon abgeschickt und ändert sich nicht mehr."))
    return row
