"""One booking's file ready to print: for deciding (inbox) and for looking after (booking page).

Not here: gathering it (``workflows.case_file``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, NamedValue
from booking_core.identity.contracts import StaffMember
from booking_core.messaging.contracts import MessageRow
from booking_core.ordinances.contracts import StoredVersion
from booking_core.reservations.contracts import BookingView
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.presenters.bookings import (
    STATE_TONES,
    booking_facts,
    booking_timeline,
    conflict_table,
    contact_facts,
    short_booking_table,
)
from booking_core.web.backoffice.presenters.people import party_marks
from booking_core.web.backoffice.presenters.quotes import QuoteView, in_words, stored_quote_view
from booking_core.web.series.plans import away_words
from booking_core.workflows.case_file import CaseFile
from design_system.contracts import Cell, Column, SummaryRow, Table, TimelineEntry
from design_system.templatetags.formats import clock, long_date

_MOST_HISTORY = 10
MESSAGE_TONES = {"waiting": "warning", "sent": "success", "failed": "danger"}


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything ``backoffice/parts/case.html`` prints of one booking."""

    booking: BookingView
    state_tone: str
    facts: list[SummaryRow]
    contact: list[SummaryRow]
    party_url: str
    party_marks: list[str]
    party_note: str
    conflicts: Table
    quote: QuoteView | None
    history: Table
    timeline: list[TimelineEntry]
    messages: Table
    with_money: bool
    left_out: list[str]


def case_page(case: CaseFile, *, member: StaffMember) -> CasePage:
    """The file of one booking as ``member`` may see it: the caretaker sees no money."""
    booking, version = case.booking, case.version
    with_money = member.has_any(roles.SEE_BOOKINGS)
    document = version.document if version else None
    names = {item.resource_id: item.resource_name for item in booking.items}
    return CasePage(
        booking=booking,
        state_tone=STATE_TONES[booking.state],
        facts=booking_facts(
            booking,
            group_label=label_of(booking.customer_group, document.groups if document else ()),
            purpose_label=label_of(booking.purpose, document.purposes if document else ()),
            further_labels=[
                label_of(one, document.groups if document else ()) for one in booking.further_groups
            ],
            questions=_questions(document) if document else {},
        ),
        contact=contact_facts(booking),
        party_url=reverse("backoffice_party", args=[case.party.uuid]) if with_money else "",
        party_marks=party_marks(case.party),
        party_note=case.party.staff_note,
        conflicts=conflict_table(case.conflicts, names),
        quote=stored_quote_view(
            booking.quote, document=document, source=version_name(version), source_url=version_url(version)
        )
        if with_money
        else None,
        history=short_booking_table(case.history[:_MOST_HISTORY], caption=_("Weitere Buchungen")),
        timeline=booking_timeline(booking.events),
        messages=short_message_table(case.messages),
        with_money=with_money,
        left_out=away_words(booking),
    )


def _questions(document: Document) -> dict[str, str]:
    """The ordinance's words for its questions and extras."""
    facts = {one.id: in_words(one.label) for one in document.facts}
    return facts | {one.id: in_words(one.label) for one in document.extras}


def label_of(code: str, named: Iterable[NamedValue]) -> str:
    """What the ordinance calls a group or purpose; the code itself where it does not know it."""
    return next((in_words(one.label) for one in named if one.id == code), code)


def version_name(version: StoredVersion | None) -> str:
    """Ordinance and version in a few words."""
    if version is None:
        return ""
    return _("%(name)s, Fassung %(number)s") % {"name": version.ordinance_name, "number": version.number}


def version_url(version: StoredVersion | None) -> str:
    """Where the version stands in words."""
    return reverse("backoffice_version", args=[version.id]) if version else ""


def short_message_table(rows: Iterable[MessageRow]) -> Table:
    """Mails about one booking: what, to whom, whether it went out."""
    return Table(
        caption=_("E-Mails"),
        is_caption_hidden=True,
        is_dense=True,
        columns=[Column(_("Was")), Column(_("Zustand"))],
        rows=[
            [
                Cell(row.kind_label, note=f"{row.recipient}, {_moment(row)}"),
                Cell(row.state_label, tone=MESSAGE_TONES[row.state]),  # type: ignore[arg-type]  # a tone
            ]
            for row in rows
        ],
    )


def message_table(rows: Iterable[MessageRow], *, with_links: bool = False) -> Table:
    """One line per mail."""
    return Table(
        caption=_("E-Mails"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Betreff")),
            Column(_("An")),
            Column(_("Art")),
            Column(_("Zustand")),
            Column(_("Wann")),
        ],
        rows=[
            [
                Cell(row.subject, reverse("backoffice_message", args=[row.uuid]) if with_links else ""),
                row.recipient,
                row.kind_label,
                Cell(row.state_label, tone=MESSAGE_TONES[row.state]),  # type: ignore[arg-type]  # a tone
                _moment(row),
            ]
            for row in rows
        ],
    )


def _moment(row: MessageRow) -> str:
    at = row.sent_at or row.created_at
    return f"{long_date(at)}, {clock(at)}"
