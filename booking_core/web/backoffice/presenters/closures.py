"""The bookings a closure hits, each with what can be decided for it; and the decisions as they were sent.

Not here: working out proposals (``workflows.close_places``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.workflows.close_places import Decision, Hit
from design_system.templatetags.formats import euro, span_words

_MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class HitChoice:
    """One thing that can be decided."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class HitRow:
    """A booking in the way, in words, and its choices. ``is_new``: not shown before, or changed since."""

    title: str
    url: str
    who: str
    when: str
    where: str
    total: str
    field: str
    seen_field: str
    seen: str
    is_new: bool
    choices: Sequence[HitChoice]


def hit_rows(hits: Sequence[Hit], sent: Mapping[str, str], *, can_decide: bool) -> list[HitRow]:
    """In order of time; what was chosen before stays chosen."""
    rows = []
    for hit in hits:
        booking, field = hit.booking, f"decision_{hit.booking.uuid}"
        labels = _choices(hit, can_decide=can_decide)
        seen_field = f"seen_{booking.uuid}"
        is_new = "step" in sent and sent.get(seen_field) != _seen(hit)
        chosen = sent.get(field) if sent.get(field) in labels and not is_new else next(iter(labels))
        rows.append(
            HitRow(
                title=f"{booking.title} ({booking.number})",
                url=reverse("backoffice_booking", args=[booking.uuid]),
                who=booking.contact.organisation_name or booking.contact.name,
                when="; ".join(span_words(span) for span in hit.spans[:_MOST_TIMES])
                + (" …" if len(hit.spans) > _MOST_TIMES else ""),
                where=", ".join(dict.fromkeys(item.resource_name for item in booking.items)),
                total=euro(booking.total),
                field=field,
                seen_field=seen_field,
                seen=_seen(hit),
                is_new=is_new,
                choices=[HitChoice(value, label, value == chosen) for value, label in labels.items()],
            )
        )
    return rows


def _choices(hit: Hit, *, can_decide: bool) -> dict[str, str]:
    keep = {"keep": _("bleibt trotzdem; gesperrt wird, was danach frei wird")}
    if not can_decide:
        return keep
    choices = {}
    if hit.proposal is not None:
        choices["move"] = _("verschieben nach %(place)s, %(time)s; teurer wird es nicht") % {
            "place": hit.proposal.resource_name,
            "time": span_words(hit.proposal.span),
        }
    cancel = _("stornieren, ohne Kosten, mit dem Grund")
    if hit.is_partly:
        cancel = ngettext(
            "diesen Termin der Serie absagen, ohne Kosten, mit dem Grund",
            "diese %(count)s Termine der Serie absagen, ohne Kosten, mit dem Grund",
            len(hit.slots),
        ) % {"count": len(hit.slots)}
    return {**choices, "cancel": cancel, **keep}


def chosen_decisions(
    sent: Mapping[str, str], hits: Sequence[Hit], *, can_decide: bool
) -> dict[UUID, Decision]:
    """One decision per booking, or one for all; what nobody decided is left out, so that the closure stops there.

    A booking the page did not show, or showed otherwise, is not decided, whatever was chosen for all.
    """
    decisions = {}
    for hit in hits:
        own = sent.get(f"decision_{hit.booking.uuid}", "")
        kind = sent.get("for_all") or own
        is_seen = sent.get(f"seen_{hit.booking.uuid}") == _seen(hit)
        if is_seen and kind in _choices(hit, can_decide=can_decide):
            decisions[hit.booking.uuid] = Decision(kind, hit.booking.version, hit.proposal)
    return decisions


def _seen(hit: Hit) -> str:
    """What the page showed of a booking, in one word: its version, the dates hit and the proposal."""
    proposal = hit.proposal
    where = f"{proposal.resource_id}-{proposal.span.start.timestamp():.0f}" if proposal else ""
    dates = ".".join(sorted(hit.slots))
    return f"{hit.booking.version}_{dates}_{where}"
