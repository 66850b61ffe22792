"""Changing people, group, purpose, extras and answers of a booking: the new price first, then the change.

Not here: words, contact and time (``views.booking``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.access import access_booking
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.web.backoffice.forms.scope import ScopeForm, scope_values
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.inbox import Notice, stale_notice
from booking_core.web.backoffice.presenters.moves import price_notice
from booking_core.web.backoffice.presenters.quotes import QuoteView, quote_view
from booking_core.web.backoffice.views.booking import SECTION, crumbs_to
from booking_core.workflows.change_booking import change_scope, preview_scope
from booking_core.workflows.contracts import ScopePreview
from booking_core.workflows.quoting import choices_of_booking


def scope(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show what other people, extras or answers cost, then change them."""
    found = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    choices = choices_of_booking(found, by_staff=True)
    form = ScopeForm(request.POST or None, choices=choices, initial=scope_values(found))
    notices: list[Notice] = []
    preview: ScopePreview | None = None
    if form.is_valid():
        try:
            preview = preview_scope(uuid, form.scope(), now=timezone.now(), by_staff=True)
            if preview.terms in {"", request.POST.get("terms", "")}:
                return _changed(request, uuid, form)
            notices = [price_notice(preview)]
        except Stale:
            notices, preview = [stale_notice(booking_by_uuid(uuid))], None
        except BookingError as error:
            show_error(form, error)
    title = _("Personen und Extras ändern")
    context = {
        "title": title,
        "lead": f"{found.title} · {found.number}",
        "form": form,
        "notices": notices,
        "quote": _quote(preview, found, source=choices.ordinance_name),
        "terms": preview.terms if preview else "",
        "back_url": reverse("backoffice_booking", args=[uuid]),
    }
    crumbs = crumbs_to(request, found, title)
    status = 422 if form.errors else 409 if notices and preview is None else 200
    return office_page(request, "scope.html", context, section=SECTION, crumbs=crumbs, status=status)


def _changed(request: StaffRequest, uuid: UUID, form: ScopeForm) -> HttpResponse:
    expected = form.cleaned_data["expected_version"]
    changed = change_scope(
        uuid,
        form.scope(),
        agreed=request.POST.get("terms", ""),
        actor=actor_of(request),
        expected_version=expected,
        now=timezone.now(),
    )
    if changed.version == expected:
        messages.info(request, _("Es hat sich nichts geändert."))
    else:
        messages.success(request, _("Die Buchung ist geändert. Die E-Mail ist unterwegs."))
    return redirect("backoffice_booking", uuid)


def _quote(preview: ScopePreview | None, booking: BookingView, *, source: str) -> QuoteView | None:
    if preview is None or preview.quote is None:
        return None
    version_id = booking.ordinance_version_id
    document = document_of_version(version_id) if version_id else None
    return quote_view(preview.quote, document=document, source=source)
