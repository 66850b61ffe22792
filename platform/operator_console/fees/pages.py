"""What the operators' pages about fees share: who acts, a form's page, messages after a run.

Not here: the pages themselves.
"""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError
from operator_console.presenters import navigation

SECTION = "fees"


def operator_of(request: HttpRequest) -> Actor:
    """The person at the desk, as the trail names them."""
    user = request.user
    return Actor(label=str(user), user_id=user.pk, by_staff=True)


def fee_page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Print a page in the console's frame, in the section of fees."""
    frame = {"side_nav": navigation(SECTION)}
    return render(request, f"operator_console/fees/{template}", {**frame, **context}, status=status)


def form_page(
    request: HttpRequest,
    form: BaseForm,
    save: Callable[[], object],
    *,
    done_url: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """Ask, or save and go on; a refusal stands at its field and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except BookingError as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        else:
            messages.success(request, _("Gespeichert. Die Änderung gilt sofort."))
            return redirect(done_url)
    known = {"form": form, "back_url": done_url}
    return fee_page(request, "form.html", {**known, **context}, status=422 if form.errors else 200)
