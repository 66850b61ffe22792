"""The gate to the operator console: an operator's account, signed in with a second factor.

Not here: what operators may do inside.
"""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from operator_console.models import Operator


def operator_refusal(request: HttpRequest) -> HttpResponseBase | None:
    """None lets the operator in; otherwise the answer that leads to the missing proof.

    Raises PermissionDenied for accounts that are no operators.
    """
    if not Operator.objects.filter(user_id=request.user.pk, user__is_active=True).exists():
        raise PermissionDenied
    records = request.session.get("account_authentication_methods", [])
    if any(record.get("method") == "mfa" for record in records):
        return None
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 — needs the app registry

    if is_mfa_enabled(request.user):
        return redirect_to_login(request.get_full_path())
    return redirect("mfa_index")
