"""Ordinances nobody wrote: any rules the language allows, and any bookings of what they know.

Not here: what must hold for them (``test_random_documents``).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from booking_core.engines.ordinance import QuoteRequest
from booking_core.kernel.spans import Span

BERLIN = ZoneInfo("Europe/Berlin")
Data = dict[str, Any]
LABEL = {"de": "Worte", "en": "words"}
HEAD: Data = {
    "format": 1,
    "name": LABEL,
    "municipality": "Zufallshausen (erfunden)",
    "state": "BY",
    "resources": [
        {"id": "hall", "label": LABEL, "kind": "hall", "area_m2": 200},
        {"id": "room", "label": LABEL, "kind": "room", "area_m2": 40},
        {"id": "van", "label": LABEL, "kind": "vehicle", "area_m2": 8, "pieces": 3},
    ],
    "groups": [{"id": one, "label": LABEL} for one in ("local", "guest")],
    "purposes": [{"id": one, "label": LABEL} for one in ("party", "sport")],
    "extras": [{"id": "chairs", "label": LABEL}],
    "facts": [
        {"id": "metres", "label": LABEL, "kind": "number", "default": 3},
        {"id": "paid", "label": LABEL, "default": False},
    ],
    "day_parts": [
        {"id": "day", "label": LABEL, "from": "06:00", "to": "18:00"},
        {"id": "night", "label": LABEL, "from": "18:00", "to": "06:00"},
    ],
}
CLOCK_CHANGES = [datetime(2027, 3, 27, 12), datetime(2027, 10, 30, 12)]  # noqa: DTZ001 - a wall clock
TIMED = ("date", "hour", "started_hour", "day", "night", "day_24h", "week", "month")


def _some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


prices = st.integers(0, 400).map(lambda quarters: quarters / 4)
ranges = st.one_of(
    st.builds(lambda low: {"min": low}, st.integers(1, 9)),
    st.builds(lambda high: {"under": high}, st.integers(1, 9)),
    st.builds(lambda low, more: {"min": low, "under": low + more}, st.integers(1, 5), st.integers(1, 9)),
)
seasons = st.builds(
    lambda first, last, days: {"from": f"{first:02}-01", "to": f"{last:02}-28", "days": days},
    st.integers(1, 12), st.integers(1, 12), st.sampled_from(["any", "all", "first"]),
)  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn) -> Data:
    """Any joined fields of a condition, mostly few."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "resource": _some(("hall", "room", "van")),
        "group": _some(("local", "guest")),
        "purpose": _some(("party", "sport")),
        "weekday": _some(("mon", "wed", "sat", "sun")),
        "season": seasons,
        "holiday": st.booleans(),
        "hours": ranges,
        "days": ranges,
        "persons": ranges,
        "dates": ranges,
        "starts": st.sampled_from([{"to": "11:59"}, {"from": "12:00"}, {"from": "22:00", "to": "04:00"}]),
        "facts": st.sampled_from([{"paid": True}, {"paid": False}, {"metres": {"min": 3}}, {"metres": {"under": 3}}]),
        "lead": st.sampled_from([{"at_least": {"days": 10}}, {"less_than": {"working_days": 5}}]),
    }  # fmt: skip
    names = draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True))
    return {name: draw(fields[name]) for name in names}


@st.composite
def pricings(draw: st.DrawFn, *, ascending: bool) -> Data:
    """A price, steps or bands; ``ascending``: no step is cheaper than the one before."""
    kind = draw(st.sampled_from(["price", "price", "steps", "bands"]))
    if kind == "price":
        return {"price": draw(prices)}
    ends = sorted(draw(st.sets(st.integers(1, 40), max_size=2)))
    amounts = [draw(prices) for _ in range(len(ends) + 1)]
    if ascending:
        amounts.sort()
    entries: list[Data] = []
    for index, amount in enumerate(amounts):
        how = "price" if kind == "steps" else draw(st.sampled_from(["each", "flat"]))
        entries.append({how: amount, **({"up_to": ends[index]} if index < len(ends) else {})})
    return {kind: entries}


@st.composite
def documents(draw: st.DrawFn, *, ascending: bool = False) -> Data:
    """A whole document, as plain values."""
    data = dict(HEAD)
    data["rates"] = [
        {
            "id": f"rate{index}",
            "when": draw(conditions()),
            "measure": draw(st.sampled_from(TIMED)),
            **draw(pricings(ascending=ascending)),
        }
        for index in range(draw(st.integers(1, 4)))
    ]
    data["addons"] = [
        {"id": f"addon{index}", "label": LABEL, "when": draw(conditions()), "price": draw(prices),
         "measure": draw(st.sampled_from([*TIMED, "person", "resource", "piece", {"fact": "metres"}]))}
        for index in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    data["addons"].append({"id": "chairs_price", "extra": "chairs", "price": draw(prices)})
    data["adjustments"] = [
        {"id": f"more{index}", "label": LABEL, "when": draw(conditions()), "percent": draw(st.integers(-60, 150)),
         "of": draw(st.sampled_from(["rates", "addons", "all", "extras"])),
         "show": draw(st.sampled_from(["line", "factor"]))}
        for index in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    if not ascending:
        data |= draw(_beside_prices())
    return data


@st.composite
def _beside_prices(draw: st.DrawFn) -> Data:
    bounds = st.builds(
        lambda amount, per: {"amount": amount, "per": per}, prices, st.sampled_from(["booking", "day"])
    )
    return {
        "caps": [
            {"id": f"cap{index}", "label": LABEL, "when": draw(conditions()), "priority": draw(st.integers(0, 1)),
             "of": draw(st.sampled_from(["rates", "all", "addons"])),
             draw(st.sampled_from(["minimum", "maximum"])): draw(bounds)}
            for index in range(draw(st.integers(0, 2)))
        ],
        "tax": [
            {"id": f"tax{index}", "when": draw(conditions()), "mode": draw(st.sampled_from(["added", "none"])),
             "percent": draw(st.sampled_from([7, 19])), "of": draw(st.sampled_from(["rates", "all", "addons"]))}
            for index in range(draw(st.integers(0, 2)))
        ],
        "exemptions": [
            {"id": f"free{index}", "label": LABEL, "when": draw(conditions()),
             "of": draw(st.sampled_from(["rates", "all"]))}
            for index in range(draw(st.integers(0, 1)))
        ],
        "deposit": [
            {"id": f"deposit{index}", "label": LABEL, "when": draw(conditions()), "price": draw(prices),
             "per": draw(st.sampled_from(["booking", "resource"]))}
            for index in range(draw(st.integers(0, 2)))
        ],
        "limits": [
            {"id": f"limit{index}", "text": LABEL, "when": draw(conditions()),
             "require": draw(conditions().filter(bool)),
             "otherwise": draw(st.sampled_from(["refused", "needs_decision", "hint", "approval"]))}
            for index in range(draw(st.integers(0, 2)))
        ],
        "payment": [
            {"id": f"pay{index}", "text": LABEL, "when": draw(conditions()), "due": {"days": draw(st.integers(1, 30))}}
            for index in range(draw(st.integers(0, 2)))
        ],
    }  # fmt: skip


@st.composite
def requests(draw: st.DrawFn) -> QuoteRequest:
    """Any booking of what the documents know; often around a change of the clocks."""
    start = draw(
        st.one_of(
            st.sampled_from(CLOCK_CHANGES),
            st.integers(0, 17_000).map(lambda half: datetime(2027, 1, 1) + timedelta(minutes=30 * half)),  # noqa: DTZ001
        )
    ).replace(tzinfo=BERLIN)  # fmt: skip
    length = timedelta(minutes=draw(st.integers(1, 6_000)))
    weeks = draw(st.integers(1, 3))
    spans = [
        Span(start + timedelta(weeks=week), start + timedelta(weeks=week) + length) for week in range(weeks)
    ]
    return QuoteRequest(
        resources=tuple(draw(_some(("hall", "room", "van")))),
        spans=tuple(spans),
        zone=BERLIN,
        group=draw(st.sampled_from(["local", "guest"])),
        purpose=draw(st.sampled_from(["party", "sport"])),
        persons=draw(st.integers(0, 12)),
        extras={"chairs": Decimal(draw(st.integers(0, 5)))},
        facts={"paid": draw(st.booleans()), "metres": Decimal(draw(st.integers(1, 6)))},
        requested_at=start - timedelta(days=draw(st.integers(0, 30))),
        pieces=draw(st.sampled_from([{}, {"van": 2}])),
    )


def at(request: QuoteRequest, *spans: Span) -> QuoteRequest:
    """The same booking at another time."""
    return replace(request, spans=spans)
