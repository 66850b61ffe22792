"""The six-digit code that proves an address: made, compared, limited.

Not here: the mail (``messaging.composing_access``), the row it is kept in (``services``). A code lives 15 minutes and
bears five tries; only its digest is stored, salted with the sign-up and the address.
"""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

LIVES = timedelta(minutes=15)
MOST_TRIES = 5
CODE_LENGTH = 6


def new_code() -> str:
    """Six random digits; zeros in front belong to it."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"


def digest(code: str, *, sign_up: UUID, email: str) -> str:
    """What is stored of a code: useless for another sign-up or address."""
    return salted_hmac("onboarding.code", f"{sign_up}:{email}:{code}", algorithm="sha256").hexdigest()


def is_right(typed: str, stored: str, *, sign_up: UUID, email: str) -> bool:
    """Compare in constant time; blanks and dashes in what was typed do not count."""
    plain = "".join(sign for sign in typed if sign.isdigit())
    return bool(stored) and hmac.compare_digest(digest(plain, sign_up=sign_up, email=email), stored)
