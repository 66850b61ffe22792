"""The outbox: what was sent, waits or failed; one message; trying again; what every kind of mail looks like.

Not here: mails about one booking (they stand on its page).
"""

from uuid import UUID

from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from booking_core.kernel.errors import BookingError, NotFound
from booking_core.messaging.contracts import MailPreview, MessageRow
from booking_core.messaging.oversight import message_detail, outbox_page, retry_message
from booking_core.messaging.queries import outbox_counts, previews
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, require_all_locations
from booking_core.web.backoffice.presenters.cases import MESSAGE_TONES, message_table
from booking_core.web.backoffice.views.bookings import django_page, page_number
from design_system.contracts import Crumb, NavItem, SummaryRow
from design_system.templatetags.formats import clock, long_date

SECTION = "backoffice_messages"
PER_PAGE = 25
# What may a mail do inside the frame: nothing but show itself. Mails carry their styles inline.
_MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}


def outbox(request: StaffRequest) -> HttpResponse:
    """List messages, by state."""
    require_all_locations(request)
    counts = outbox_counts()
    state = request.GET.get("state", "")
    state = state if state in counts else ""
    listing = outbox_page(state=state, page=page_number(request), per_page=PER_PAGE)
    labels = {"": _("alle"), "failed": _("gescheitert"), "waiting": _("warten"), "sent": _("gesendet")}
    context = {
        "title": _("Nachrichten"),
        "lead": _("Jede E-Mail, die von hier ausgeht, und ob sie angekommen ist."),
        "actions": [{"label": _("So sehen die E-Mails aus"), "url": reverse("backoffice_mail_previews"),
                     "kind": "secondary", "icon": "mail"}],
        "tabs": [
            NavItem(label, f"{reverse(SECTION)}?state={one}" if one else reverse(SECTION), one == state,
                    counts.get(one, 0) if one in {"failed", "waiting"} else 0)
            for one, label in labels.items()
        ],
        "table": message_table(listing.rows, with_links=True),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }  # fmt: skip
    return office_page(request, "messages.html", context, section=SECTION)


def message(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one message; one that failed can be sent again."""
    require_all_locations(request)
    detail = message_detail(uuid)
    if request.method == "POST":
        try:
            retry_message(uuid, actor=actor_of(request))
            messages.success(request, _("Wird erneut gesendet."))
        except BookingError as error:
            messages.error(request, str(error))
        return redirect("backoffice_message", uuid)
    row = detail.row
    context = {
        "title": row.subject,
        "row": row,
        "tone": MESSAGE_TONES[row.state],
        "facts": _facts(row, detail.attachment_names),
        "is_readable": detail.is_readable,
        "html_url": reverse("backoffice_message_html", args=[uuid]) if detail.html else "",
        "can_retry": row.state == "failed",
    }
    return office_page(request, "message.html", context, section=SECTION, crumbs=_crumbs(row.subject))


def message_html(request: StaffRequest, uuid: UUID) -> HttpResponseBase:
    """The mail itself, for the frame."""
    require_all_locations(request)
    return _framed(request, message_detail(uuid).html)


def mail_previews(request: StaffRequest) -> HttpResponse:
    """Show every kind of mail in both languages with invented data."""
    language = "en" if request.GET.get("sprache") == "en" else "de"
    found = previews(language)
    kind = request.GET.get("art", "")
    chosen = _preview(found, kind or found[0].kind, language)
    start = reverse("backoffice_mail_previews")
    context = {
        "title": _("So sehen die E-Mails aus"),
        "lead": _("Mit erfundenen Angaben, in Ihrem Namen und Ihrer Farbe."),
        "kinds": [
            NavItem(one.kind_label, f"{start}?art={one.kind}&sprache={language}", one.kind == chosen.kind)
            for one in found
            if one.language == language
        ],
        "languages": [
            NavItem(label, f"{start}?art={chosen.kind}&sprache={code}", code == language)
            for code, label in (("de", _("Deutsch")), ("en", _("Englisch")))
        ],
        "preview": chosen,
        "attachments": ", ".join(chosen.attachment_names),
        "html_url": f"{reverse('backoffice_mail_preview_html')}?art={chosen.kind}&sprache={language}",
    }
    return office_page(request, "mail_previews.html", context, section=SECTION, crumbs=_crumbs(_("Vorschau")))


def mail_preview_html(request: StaffRequest) -> HttpResponseBase:
    """One previewed mail, for the frame."""
    language = "en" if request.GET.get("sprache") == "en" else "de"
    return _framed(request, _preview(previews(language), request.GET.get("art", ""), language).html)


def _framed(request: HttpRequest, html: str) -> HttpResponseBase:
    @xframe_options_sameorigin
    @csp(_MAIL_POLICY)
    def answer(_request: HttpRequest) -> HttpResponseBase:
        return HttpResponse(html)

    return answer(request)


def _preview(found: tuple[MailPreview, ...], kind: str, language: str) -> MailPreview:
    for one in found:
        if one.kind == kind and one.language == language:
            return one
    raise NotFound(_("Diese E-Mail gibt es nicht."))


def _facts(row: MessageRow, attachments: tuple[str, ...]) -> list[SummaryRow]:
    facts = [
        SummaryRow(_("An"), row.recipient),
        SummaryRow(_("Art"), row.kind_label),
        SummaryRow(_("Angelegt"), f"{long_date(row.created_at)}, {clock(row.created_at)}"),
        SummaryRow(_("Gesendet"), f"{long_date(row.sent_at)}, {clock(row.sent_at)}" if row.sent_at else ""),
        SummaryRow(_("Versuche"), str(row.attempts)),
    ]
    if row.last_error:
        facts.append(SummaryRow(_("Fehler"), row.last_error))
    if attachments:
        facts.append(SummaryRow(_("Anhang"), ", ".join(attachments)))
    return facts


def _crumbs(label: str) -> list[Crumb]:
    return [Crumb(_("Nachrichten"), reverse(SECTION)), Crumb(label)]
