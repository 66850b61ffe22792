"""The gate to the operator console: an operator's account, with a second factor given not long ago.

Not here: what operators may do inside, setting up the second factor (django-allauth).
"""

import time
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from operator_console.models import Operator

PROOF_LASTS_SECONDS = 12 * 60 * 60  # a working day; the session itself lasts longer


def operator_refusal(request: HttpRequest) -> HttpResponseBase | None:
    """None lets the operator in; otherwise the answer that leads to the missing proof.

    Whoever has a second factor but has not given it in this session, or long ago, is asked for it and comes back;
    that is also the way in right after setting it up. Raises PermissionDenied for accounts that are no operators.
    """
    # Imported late: both need the app registry.
    from allauth.account.authentication import get_authentication_records  # noqa: PLC0415
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415

    user = request.user
    if not user.is_authenticated or not Operator.objects.filter(user=user, user__is_active=True).exists():
        raise PermissionDenied
    if any(_is_fresh_proof(record) for record in get_authentication_records(request, user)):
        return None
    if not is_mfa_enabled(user):
        messages.info(
            request,
            _(
                "Für die Betriebskonsole brauchen Sie einen zweiten Faktor. Richten Sie hier zuerst einen ein."
            ),
        )
        return redirect("mfa_index")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _is_fresh_proof(record: Mapping[str, object]) -> bool:
    given_at = record.get("at")
    return (
        record.get("method") == "mfa"
        and isinstance(given_at, int | float)
        and time.time() - given_at < PROOF_LASTS_SECONDS
    )
