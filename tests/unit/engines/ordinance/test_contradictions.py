"""Two rules that fit equally well are found when the document is checked; told apart, they are no contradiction."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import Outcome, QuoteRequest, check, load_document, quote
from booking_core.kernel.spans import Span

HEAD = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Halle, en: Hall}, kind: hall, area_m2: 80}
groups:
  - {id: local, label: {de: Einheimische, en: Residents}}
  - {id: outside, label: {de: Auswärtige, en: Non-residents}}
facts:
  - {id: sale, label: {de: Wird verkauft?, en: Are goods sold?}}
  - id: gear
    label: {de: Geräte, en: Gear}
    kind: choices
    options: [{id: a, label: {de: A, en: A}}, {id: b, label: {de: B, en: B}}]
ambiguities:
  - id: open
    question: {de: Was gilt?, en: What applies?}
    readings: [{id: one, label: {de: A, en: A}}, {id: two, label: {de: B, en: B}}]
    default: one
rates:
"""


def _rates(first: str, second: str) -> str:
    return (
        f"{HEAD}  - {{id: first, measure: day, price: 10, {first}}}\n"
        f"  - {{id: second, measure: day, price: 20, {second}}}\n"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("when: {group: local}", "when: {group: outside}", id="groups"),
        pytest.param("when: {reading: {open: one}}", "when: {reading: {open: two}}", id="readings"),
        pytest.param("when: {facts: {sale: true}}", "when: {facts: {sale: false}}", id="answers"),
        pytest.param("when: {hours: {max: 8}}", "when: {hours: {over: 8}}", id="touching ranges"),
        pytest.param("when: {area_m2: {under: 80}}", "when: {area_m2: {min: 80}}", id="areas"),
        pytest.param("when: {weekday: [sat, sun]}", "when: {weekday: [mon, fri]}", id="weekdays"),
        pytest.param("when: {holiday: true}", "when: {holiday: false}", id="holidays"),
        pytest.param("when: {starts: {to: '11:59'}}", "when: {starts: {from: '12:00'}}", id="clock"),
        pytest.param(
            "when: {lead: {at_least: {weeks: 2}}}", "when: {lead: {less_than: {days: 14}}}", id="lead times"
        ),
        pytest.param("when: {group: local}", "when: {none_of: [{group: local}]}", id="excluded"),
        pytest.param(
            "when: {values: [{of: person, max: 5}]}", "when: {values: [{of: person, min: 6}]}", id="measures"
        ),
        pytest.param(
            "when: {any_of: [{group: local}, {hours: {max: 2}}]}",
            "when: {group: outside, hours: {over: 2}}",
            id="alternatives",
        ),
        pytest.param("when: {group: local}", "when: {group: local}, priority: 1", id="priority"),
        pytest.param("when: {group: local}", "when: {group: local, hours: {max: 3}}", id="specificity"),
        pytest.param("choose: cheapest", "choose: cheapest", id="both say choose"),
    ],
)
def test_rules_told_apart_are_no_contradiction(first: str, second: str) -> None:
    assert check(load_document(_rates(first, second))).problems == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("when: {group: local}", "when: {group: [local, outside]}", id="overlapping groups"),
        pytest.param("when: {hours: {max: 8}}", "when: {hours: {min: 8}}", id="ranges that share an end"),
        pytest.param("when: {group: local}", "when: {hours: {max: 8}}", id="different things"),
        pytest.param(
            "when: {facts: {gear: [a]}}", "when: {facts: {gear: [b]}}", id="several answers at once"
        ),
        pytest.param(
            "when: {season: {from: 01-01, to: 03-31}}",
            "when: {season: {from: 04-01, to: 12-31}}",
            id="a booking can touch two seasons",
        ),
        pytest.param("choose: cheapest", "choose: dearest", id="say opposite"),
    ],
)
def test_rules_that_fit_equally_well_are_told_with_their_line(first: str, second: str) -> None:
    text = _rates(first, second)
    (problem,) = check(load_document(text)).problems
    assert (
        problem.line == text.splitlines().index(next(t for t in text.splitlines() if "id: second" in t)) + 1
    )
    assert "first" in problem.message.de
    assert "second" in problem.message.en


def test_seasons_of_a_rate_split_by_day_exclude_each_other() -> None:
    cells = "cells: [{season: {from: 01-01, to: 03-31}, price: 1}, {season: {from: %s, to: 12-31}, price: 2}]"
    rate = f"{HEAD}  - {{id: first, measure: day, split: {{by: day}}, {cells}}}\n"
    assert check(load_document(rate % "04-01")).problems == ()
    assert len(check(load_document(rate % "03-31")).problems) == 1


def test_a_contradiction_nobody_checked_needs_a_decision() -> None:
    zone = ZoneInfo("Europe/Berlin")
    request = QuoteRequest(
        resources=("hall",),
        spans=(Span(datetime(2026, 9, 12, 10, tzinfo=zone), datetime(2026, 9, 12, 12, tzinfo=zone)),),
        zone=zone,
        group="local",
    )
    result = quote(load_document(_rates("when: {group: local}", "when: {group: local}")), request)
    assert result.outcome is Outcome.NEEDS_DECISION
    assert [reason.code for reason in result.reasons] == ["conflict"]


@pytest.mark.parametrize(
    ("first", "second", "problems"),
    [
        (("08:00", "12:00"), ("13:00", "17:00"), 0),
        (("13:00", "17:00"), ("08:00", "12:00"), 0),
        (("08:00", "13:00"), ("12:00", "17:00"), 1),
        (("12:00", "17:00"), ("08:00", "13:00"), 1),
    ],
)
def test_windows_of_the_clock_tell_rates_apart_unless_they_meet(
    first: tuple[str, str], second: tuple[str, str], problems: int
) -> None:
    one, other = (f'when: {{starts: {{from: "{low}", to: "{high}"}}}}' for low, high in (first, second))
    assert len(check(load_document(_rates(one, other))).problems) == problems
