"""Money, dates and times in words, both languages, over both clock changes.

Not here: the template filters' choice of language and zone (``test_tags``).
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from booking_core.kernel.money import Money
from design_system.formats import Language, clock, duration_words, euro, long_date, span_words

BERLIN = ZoneInfo("Europe/Berlin")


def at(year: int, month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        pytest.param(Money(9000), "90,00 €", "€90.00", id="money"),
        pytest.param(9000, "90,00 €", "€90.00", id="cents"),
        pytest.param(Decimal("90"), "90,00 €", "€90.00", id="euros"),
        pytest.param(Decimal("0.005"), "0,01 €", "€0.01", id="half-up"),
        pytest.param(123456789, "1.234.567,89 €", "€1,234,567.89", id="thousands"),
        pytest.param(Money(-550), "−5,50 €", "−€5.50", id="credit"),
        pytest.param(0, "0,00 €", "€0.00", id="nothing"),
        pytest.param(7, "0,07 €", "€0.07", id="below-ten-cents"),
    ],
)
def test_euro(amount: Money | int | Decimal, german: str, english: str) -> None:
    assert euro(amount, "de") == german
    assert euro(amount, "en") == english


def test_long_date_reads_an_instant_on_the_towns_clocks() -> None:
    late = datetime(2026, 9, 11, 22, 30, tzinfo=UTC)
    assert long_date(late, "de", BERLIN) == "Sa, 12. September 2026"
    assert long_date(date(2026, 3, 1), "en") == "Sun, 1 March 2026"


def test_clock() -> None:
    assert clock(datetime(2026, 9, 12, 16, 30, tzinfo=UTC), "de", BERLIN) == "18:30 Uhr"
    assert clock(time(8), "de") == "8 Uhr"
    assert clock(time(8), "en") == "08:00"


SPANS = [
    pytest.param(
        at(2026, 9, 12, 11), at(2026, 9, 12, 23), "de", "Sa, 12. September 2026, 11–23 Uhr", id="one-day"
    ),
    pytest.param(
        at(2026, 9, 12, 11, 30),
        at(2026, 9, 12, 13),
        "de",
        "Sa, 12. September 2026, 11:30–13 Uhr",
        id="half-hour",
    ),
    pytest.param(
        at(2026, 9, 12, 18),
        at(2026, 9, 13, 0),
        "de",
        "Sa, 12. September 2026, 18–24 Uhr",
        id="until-midnight",
    ),
    pytest.param(
        at(2026, 9, 11, 11),
        at(2026, 9, 13, 11),
        "de",
        "Fr, 11. September 2026, 11 Uhr – So, 13. September 2026, 11 Uhr",
        id="over-days",
    ),
    pytest.param(
        at(2026, 12, 31, 20),
        at(2027, 1, 2, 0),
        "de",
        "Do, 31. Dezember 2026, 20 Uhr – Fr, 1. Januar 2027, 24 Uhr",
        id="over-the-year-until-midnight",
    ),
    pytest.param(
        at(2026, 9, 12, 11), at(2026, 9, 12, 23), "en", "Sat, 12 September 2026, 11:00–23:00", id="english"
    ),
    pytest.param(
        at(2026, 9, 11, 11),
        at(2026, 9, 13, 11),
        "en",
        "Fri, 11 September 2026, 11:00 – Sun, 13 September 2026, 11:00",
        id="english-over-days",
    ),
    pytest.param(
        at(2026, 3, 29, 1),
        at(2026, 3, 29, 4),
        "de",
        "So, 29. März 2026, 1–4 Uhr (Zeitumstellung, dauert 2 Stunden)",
        id="spring-forward",
    ),
    pytest.param(
        at(2026, 10, 24, 11),
        at(2026, 10, 25, 11),
        "de",
        "Sa, 24. Oktober 2026, 11 Uhr – So, 25. Oktober 2026, 11 Uhr (Zeitumstellung, dauert 25 Stunden)",
        id="autumn-back",
    ),
    pytest.param(
        at(2026, 10, 25, 2, 15, fold=1),
        at(2026, 10, 25, 4),
        "de",
        "So, 25. Oktober 2026, 2:15 CET–4 Uhr",
        id="the-second-of-two",
    ),
    pytest.param(
        at(2026, 10, 25, 2, 15),
        at(2026, 10, 25, 4),
        "en",
        "Sun, 25 October 2026, 02:15 CEST–04:00 (clocks change, lasts 2 hours 45 minutes)",
        id="the-first-of-two",
    ),
]


@pytest.mark.parametrize(("start", "end", "language", "words"), SPANS)
def test_span_words(start: datetime, end: datetime, language: Language, words: str) -> None:
    assert span_words(start.astimezone(UTC), end.astimezone(UTC), language, BERLIN) == words


@pytest.mark.parametrize(
    ("length", "german", "english"),
    [
        pytest.param(timedelta(minutes=45), "45 Minuten", "45 minutes", id="minutes"),
        pytest.param(timedelta(hours=1, minutes=1), "1 Stunde 1 Minute", "1 hour 1 minute", id="singular"),
        pytest.param(timedelta(hours=25), "25 Stunden", "25 hours", id="a-long-day"),
        pytest.param(timedelta(days=2, hours=3), "2 Tage 3 Stunden", "2 days 3 hours", id="days"),
        pytest.param(timedelta(0), "0 Minuten", "0 minutes", id="nothing"),
    ],
)
def test_duration_words(length: timedelta, german: str, english: str) -> None:
    assert duration_words(length, "de") == german
    assert duration_words(length, "en") == english
