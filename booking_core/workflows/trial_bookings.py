"""One booking under another version: its request in the version's words, the price, and what to say of it.

Values in, values out; no statement. Not here: reading bookings and adding up (``simulate``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.utils import timezone

from booking_core.engines.ordinance import Document, Outcome, Quote, QuoteRequest, added_up, quote
from booking_core.engines.simulation import Fate, Trial, shared_out
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.simulations.contracts import KINDS, Renamed, SimulatedBooking
from booking_core.reservations.queries.priced import PricedBooking
from booking_core.reservations.settling import Figures, SettlementView
from booking_core.workflows.after_use import figures_asked_for, questions_for
from booking_core.workflows.settle_booking import requests_after_use

NO_REQUEST = "no_request"
NO_PRICE = "no_price"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tried:
    """One booking of a run: for the sums, and for the lists."""

    trial: Trial
    shown: SimulatedBooking


def try_booking(
    version: StoredVersion,
    row: PricedBooking,
    requests: Sequence[QuoteRequest],
    *,
    mapping: Renamed,
    asked_then: frozenset[str],
) -> Tried:
    """Price a booking by ``version``, with what was read after its use where it is settled.

    ``asked_then``: the questions of the version it was quoted with. What ``version`` asks beyond them stays
    unanswered and is reported.

    Not comparable is what cannot be asked (no request kept, codes the version does not know) and what had no price
    before, because the administration named it.
    """
    month = timezone.localtime(row.booking.start).strftime("%Y-%m")
    if not requests:
        return _lost(row, month, NO_REQUEST, "")
    before = _price_before(row)
    if before is None:
        return _lost(row, month, NO_PRICE, "")
    missing = _first_unknown(version.document, requests, mapping)
    if missing is not None:
        return _lost(row, month, f"{UNKNOWN}:{missing[0]}:{missing[1]}", missing[1])
    renamed = [replace(_renamed(one, mapping), readings=version.readings) for one in requests]
    asked = _after_use(version.document, renamed, row.settlement)
    answer = added_up([quote(version.document, one) for one in asked])
    new = _unanswered(version.document, asked, asked_then, is_settled=row.settlement is not None)
    return _tried(row, month, asked, before, answer, mapping, new)


def unknown_codes(document: Document, requests: Iterable[Mapping[str, object]]) -> dict[str, dict[str, int]]:
    """What stored requests name and the document does not know: kind → code → in how many requests."""
    known = known_codes(document)
    found: dict[str, dict[str, int]] = {kind: defaultdict(int) for kind in KINDS}
    for request in requests:
        for kind, codes in _codes_of_data(request).items():
            for code in codes - known[kind]:
                found[kind][code] += 1
    return {kind: dict(sorted(codes.items())) for kind, codes in found.items() if codes}


def known_codes(document: Document) -> dict[str, frozenset[str]]:
    """The codes a document knows, by kind."""
    return {
        "resources": frozenset(one.id for one in document.resources),
        "groups": frozenset(one.id for one in document.groups),
        "purposes": frozenset(one.id for one in document.purposes),
        "extras": frozenset(one.id for one in document.extras),
    }


def _codes_of_data(request: Mapping[str, object]) -> dict[str, set[str]]:
    groups = [request["group"], *cast(Sequence[object], request["further_groups"])]
    return {
        "resources": {str(one) for one in cast(Sequence[object], request["resources"])},
        "groups": {str(one) for one in groups if one},
        "purposes": {str(request["purpose"])} if request["purpose"] else set(),
        "extras": set(cast(Mapping[str, object], request["extras"])),
    }


def _codes_of(request: QuoteRequest) -> dict[str, list[str]]:
    return {
        "resources": list(request.resources),
        "groups": [one for one in (request.group, *request.further_groups) if one],
        "purposes": [request.purpose] if request.purpose else [],
        "extras": list(request.extras),
    }


def _first_unknown(
    document: Document, requests: Sequence[QuoteRequest], mapping: Renamed
) -> tuple[str, str] | None:
    known = known_codes(document)
    for request in requests:
        for kind, codes in _codes_of(request).items():
            for code in codes:
                if mapping.get(kind, {}).get(code, code) not in known[kind]:
                    return kind, code
    return None


def _renamed(request: QuoteRequest, mapping: Renamed) -> QuoteRequest:
    def new(kind: str, code: str) -> str:
        return mapping.get(kind, {}).get(code, code)

    return replace(
        request,
        resources=tuple(dict.fromkeys(new("resources", one) for one in request.resources)),
        pieces={new("resources", one): count for one, count in request.pieces.items()},
        group=new("groups", request.group) if request.group else None,
        further_groups=tuple(new("groups", one) for one in request.further_groups),
        purpose=new("purposes", request.purpose) if request.purpose else None,
        extras={new("extras", one): amount for one, amount in request.extras.items()},
    )


def _after_use(
    document: Document, requests: Sequence[QuoteRequest], settlement: SettlementView | None
) -> Sequence[QuoteRequest]:
    """The requests with what was read after the use, as far as the document asks for it."""
    if settlement is None:
        return requests
    asked = {fact.id for request in requests for fact in figures_asked_for(document, request)}
    figures = Figures(
        measured={name: value for name, value in settlement.figures.measured.items() if name in asked},
        facts={name: value for name, value in settlement.figures.facts.items() if name in asked},
        persons=settlement.figures.persons,
    )
    return requests_after_use(document, requests, figures)


def _unanswered(
    document: Document, requests: Sequence[QuoteRequest], asked_then: frozenset[str], *, is_settled: bool
) -> tuple[str, ...]:
    """The questions that concern this booking, were not asked when it was made, and have no answer."""
    return tuple(
        dict.fromkeys(
            fact.id
            for request in requests
            for fact in questions_for(document, request)
            if (is_settled or not fact.after_use)
            and fact.id not in asked_then
            and fact.id not in request.facts
            and fact.id not in request.measured
        )
    )


def _price_before(row: PricedBooking) -> tuple[int, list[tuple[str | None, int]]] | None:
    """What the booking cost in the end without damages, with its lines; None where a person named the price."""
    data = row.settlement.quote if row.settlement else row.booking.quote
    if data.get("outcome") != Outcome.ACCEPTED.value or not data.get("fee_known", True):
        return None
    lines = [
        (cast(str | None, line["resource"]), int(line["amount"]["cents"]))
        for line in cast(Sequence[Mapping[str, Mapping[str, int]]], data["lines"])
        if row.settlement or not line["after_use"]
    ]
    total = row.settlement.fee if row.settlement else row.booking.total
    return total.cents, lines


def _tried(
    row: PricedBooking,
    month: str,
    asked: Sequence[QuoteRequest],
    before: tuple[int, list[tuple[str | None, int]]],
    answer: Quote,
    mapping: Renamed,
    unanswered: tuple[str, ...],
) -> Tried:
    fate = _fate(answer)
    renamed = mapping.get("resources", {})
    resources = list(dict.fromkeys(code for one in asked for code in one.resources))
    total, lines = before
    old_lines = [(renamed.get(one, one) if one else None, cents) for one, cents in lines]
    old, new = shared_out(total, old_lines, resources), {}
    if fate is Fate.PRICED:
        new_lines = [
            (line.resource, line.amount.cents)
            for line in answer.lines
            if row.settlement or not line.after_use
        ]
        after = answer.total_after_settlement if row.settlement else answer.total
        new = shared_out(after.cents, new_lines, resources)
    reason = answer.reasons[0] if fate is not Fate.PRICED and answer.reasons else None
    why = reason.rule if reason else ""
    trial = Trial(row.booking.number, asked[0].group or "", month, fate, old, new, why, unanswered)
    paragraph = f" ({reason.paragraph})" if reason and reason.paragraph else ""
    shown = SimulatedBooking(
        uuid=row.booking.uuid,
        number=row.booking.number,
        group=trial.group,
        month=month,
        fate=fate,
        before_cents=trial.before_cents,
        after_cents=trial.after_cents,
        why_de=f"{reason.text.de}{paragraph}" if reason else "",
        why_en=f"{reason.text.en}{paragraph}" if reason else "",
    )
    return Tried(trial, shown)


def _fate(answer: Quote) -> Fate:
    if answer.outcome in {Outcome.REFUSED, Outcome.RULE_VIOLATION}:
        return Fate.REFUSED
    return Fate.PRICED if answer.outcome == Outcome.ACCEPTED and answer.fee_known else Fate.OPEN


def _lost(row: PricedBooking, month: str, why: str, code: str) -> Tried:
    words = {
        NO_REQUEST: ("Die Anfrage ist nicht mehr herzustellen.", "The request can no longer be rebuilt."),
        NO_PRICE: ("Den Preis nannte die Verwaltung.", "The administration named the price."),
    }
    german, english = words.get(
        why, (f"Die Fassung kennt „{code}“ nicht.", f"The version does not know “{code}”.")
    )
    number, group = row.booking.number, row.booking.customer_group
    trial = Trial(number, group, month, Fate.NOT_COMPARABLE, {}, {}, why)
    cents = row.settlement.fee.cents if row.settlement else row.booking.total.cents
    shown = SimulatedBooking(
        row.booking.uuid, number, group, month, Fate.NOT_COMPARABLE, cents, 0, why_de=german, why_en=english
    )
    return Tried(trial, shown)
