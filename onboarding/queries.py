"""Reads of sign-ups. Everything is in the public schema."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from onboarding.contracts import SignUpView
from onboarding.errors import SignUpGone
from onboarding.models import SignUp, SignUpState
from tenants.signing import TokenInvalid, sign_public, unsign_public

_PURPOSE = "sign-up"
LINK_LIVES = timedelta(days=60)


def token_of(uuid: UUID) -> str:
    """What the addresses of a sign-up carry; whoever has it may go on with it."""
    return sign_public(str(uuid), purpose=_PURPOSE)


def sign_up_of(token: str) -> SignUpView:
    """The sign-up a token leads to. Raises SignUpGone."""
    try:
        uuid = UUID(str(unsign_public(token, purpose=_PURPOSE, max_age=LINK_LIVES)))
        row = SignUp.objects.get(uuid=uuid)
    except (TokenInvalid, ValueError, SignUp.DoesNotExist) as fault:
        raise SignUpGone(
            _(
                "Dieser Link gilt nicht mehr. Sie können die Anmeldung neu beginnen, das dauert etwa zehn Minuten."
            )
        ) from fault
    return view_of(row)


def open_sign_ups_of(email: str) -> tuple[UUID, ...]:
    """Unfinished sign-ups whose proven address this is, newest first."""
    found = SignUp.objects.filter(
        email=email.strip().lower(), email_verified_at__isnull=False, state=SignUpState.OPEN
    )
    return tuple(found.values_list("uuid", flat=True))


def view_of(row: SignUp) -> SignUpView:
    """The values of a row that leave the room."""
    answers: dict[str, dict[str, Any]] = row.answers
    return SignUpView(
        uuid=row.uuid,
        state=row.state,
        email=row.email,
        is_verified=row.email_verified_at is not None,
        tenant_id=row.tenant_id,
        answers=answers,
    )
