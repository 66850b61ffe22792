"""Guests prove an e-mail address by a six-digit code; what is proven stays in the session for half a day.

Not here: accounts (django-allauth), sending the mail (``workflows.guest_codes``).
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError

_PROOF_KEY = "guest"
_CODE_KEY = "guest_code"
_PROOF_LASTS = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_MAILS_AN_HOUR = 5


class CodeRefused(BookingError):
    """The code is wrong, too old, or was tried too often."""

    code = "guest-code-refused"
    http_status = 422


class TooManyCodes(BookingError):
    """Too many codes were sent to this address within the hour."""

    code = "too-many-codes"
    http_status = 429


@dataclass(frozen=True, slots=True)
class WaitingCode:
    """A code on its way. ``next_url`` is where the guest wanted to go."""

    email: str
    digest: str
    sent_at: str
    tries: int = 0
    next_url: str = ""


def proven_email(request: HttpRequest) -> str:
    """The address this guest has proven, in lower case; empty where none. Makes no session."""
    proof = request.session.get(_PROOF_KEY)
    if not proof or datetime.fromisoformat(proof["until"]) < timezone.now():
        return ""
    return str(proof["email"])


def new_code(request: HttpRequest, email: str, *, next_url: str) -> str:
    """Make a code for ``email`` and remember its digest; the caller has it sent.

    Raises TooManyCodes after five codes to one address within an hour.
    """
    address = email.strip().lower()
    key = f"guest-codes:{salted_hmac('guest-codes', address).hexdigest()}"
    cache.add(key, 0, 3600)
    if (_count(key) or 0) > MOST_MAILS_AN_HOUR:
        raise TooManyCodes(
            _(
                "An diese Adresse haben wir schon mehrere Codes geschickt. Versuchen Sie es in einer Stunde wieder."
            ),
            field="email",
        )
    code = f"{secrets.randbelow(1_000_000):06}"
    waiting = WaitingCode(address, _digest(address, code), timezone.now().isoformat(), next_url=next_url)
    request.session[_CODE_KEY] = asdict(waiting)
    return code


def waiting_code(request: HttpRequest) -> WaitingCode | None:
    """The code this guest should have in the mail."""
    data = request.session.get(_CODE_KEY)
    return WaitingCode(**data) if data else None


def accept_code(request: HttpRequest, typed: str) -> WaitingCode:
    """Prove the address by the code from the mail. Raises CodeRefused with what to do next."""
    waiting = waiting_code(request)
    if waiting is None or datetime.fromisoformat(waiting.sent_at) + CODE_LASTS < timezone.now():
        raise CodeRefused(_("Dieser Code gilt nicht mehr. Fordern Sie einen neuen an."), field="code")
    if waiting.tries >= MOST_TRIES or _tried_at_once(waiting):
        raise CodeRefused(_("Das waren zu viele Versuche. Fordern Sie einen neuen Code an."), field="code")
    digits = "".join(character for character in typed if character.isdigit())
    if not constant_time_compare(_digest(waiting.email, digits), waiting.digest):
        request.session[_CODE_KEY] = {**asdict(waiting), "tries": waiting.tries + 1}
        raise CodeRefused(_("Dieser Code stimmt nicht. Prüfen Sie die Ziffern in der E-Mail."), field="code")
    del request.session[_CODE_KEY]
    request.session.cycle_key()
    request.session[_PROOF_KEY] = {
        "email": waiting.email,
        "until": (timezone.now() + _PROOF_LASTS).isoformat(),
    }
    return waiting


def forget_guest(request: HttpRequest) -> None:
    """Let go of a proven address, as signing out does for accounts."""
    request.session.flush()


def _tried_at_once(waiting: WaitingCode) -> bool:
    """Whether many requests at the same moment try one code: the session alone would count them as one."""
    key = f"guest-code-tries:{waiting.digest}"
    cache.add(key, 0, int(CODE_LASTS.total_seconds()))
    return (_count(key) or 0) > MOST_TRIES


def _digest(email: str, code: str) -> str:
    return salted_hmac("guest-code", f"{email}:{code}").hexdigest()


def _count(key: str) -> int | None:
    """One more code to this address; None where Redis does not answer (then bookings go on)."""
    try:
        counted = cache.incr(key)
    except ValueError:
        return None
    return int(counted) if counted is not None else None
