"""Guests prove their e-mail address here, and let go of it again.

Not here: how a code is checked (``guest_proof``), accounts (django-allauth).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from booking_core.kernel.errors import BookingError
from booking_core.messaging.composing_access import email_code
from booking_core.messaging.outbox import queue_mail
from booking_core.web.citizen.forms.people import CodeForm
from booking_core.web.citizen.guest_proof import (
    CODE_LASTS,
    accept_code,
    forget_guest,
    new_code,
    waiting_code,
)


def send_code_and_wait(request: HttpRequest, email: str, *, next_url: str) -> HttpResponse:
    """Send a code to ``email`` and ask for it; an unspent code to the same address is not sent again.

    Raises TooManyCodes.
    """
    waiting = waiting_code(request)
    if waiting is None or waiting.email != email.strip().lower() or waiting.next_url != next_url:
        send_code(request, email, next_url=next_url)
    return redirect("guest_code")


def send_code(request: HttpRequest, email: str, *, next_url: str) -> None:
    """Make a code and put it into the mail. Raises TooManyCodes."""
    code = new_code(request, email, next_url=next_url)
    minutes = int(CODE_LASTS.total_seconds() // 60)
    queue_mail(email_code(recipient=email, code=code, language=get_language() or "de", minutes=minutes))


@require_http_methods(["GET", "HEAD", "POST"])
def guest_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code from the mail; on success go where the guest wanted to go."""
    waiting = waiting_code(request)
    if waiting is None:
        return redirect("own_bookings")
    if request.method == "POST" and request.POST.get("action") == "neu":
        return _sent_again(request, waiting.email, waiting.next_url)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(accept_code(request, form.cleaned_data["code"]).next_url)
        except BookingError as fault:
            form.add_error("code", str(fault))
    context = {"form": form, "email": waiting.email, "back_url": waiting.next_url}
    return render(request, "citizen/guest_code.html", context, status=422 if form.errors else 200)


@require_POST
def guest_leave(request: HttpRequest) -> HttpResponse:
    """Forget the proven address on this device."""
    forget_guest(request)
    messages.success(request, _("Sie sind abgemeldet."))
    return redirect("town_home")


def _sent_again(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    try:
        send_code(request, email, next_url=next_url)
    except BookingError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Ein neuer Code ist unterwegs an %(email)s.") % {"email": email})
    return redirect("guest_code")
