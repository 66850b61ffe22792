"""Invented plans for the component page: a school with a hall in thirds, one day and one week.

Not here: the other samples (``gallery_samples``). Nobody and nothing in here exists.
"""

from design_system.calendars import MonthCell, MonthTable
from design_system.contracts import WeekDay
from design_system.plans import (
    BarMark,
    BarPart,
    BarRow,
    HallDrawing,
    HallRow,
    PlanLine,
    PlanRow,
    TimeBar,
    WeekPlan,
)

_SLOTS = 64  # 8 to 24 o'clock in quarters of an hour


def _part(begins: int, ends: int, kind: str, text: str) -> BarPart:
    words = f"{begins}–{ends} Uhr: {text}"
    return BarPart((begins - 8) * 4, (ends - 8) * 4, kind, words, text, url="#buchung")  # type: ignore[arg-type]  # a sample


BAR = TimeBar(
    caption="Belegung am Sa, 12. September 2026",
    slots=_SLOTS,
    slot_minutes=15,
    marks=[
        BarMark(at * 4, at * 4 + 4, str(hour), f"{hour} bis {hour + 1} Uhr")
        for at, hour in enumerate(range(8, 24))
    ],
    rows=[
        BarRow(
            "Turnhalle (ganz)",
            [_part(9, 12, "booked", "Punktspiel"), _part(12, 13, "buffer", "Reinigung")],
            "#halle",
        ),
        BarRow("Drittel Nord", [_part(9, 12, "booked", "Punktspiel")], is_part=True),
        BarRow(
            "Drittel Süd",
            [
                _part(9, 12, "booked", "Punktspiel"),
                _part(14, 16, "requested", "Yoga"),
                _part(15, 17, "hold", "in Arbeit"),
            ],
            is_part=True,
        ),
        BarRow(
            "Mehrzweckraum der Grundschule am Mühlenteich mit Teeküche",
            [_part(8, 10, "closed", ""), _part(10, 20, "closure", "Bodenpflege")],
        ),
    ],
    legend=[
        ("booked", "bestätigt"),
        ("requested", "angefragt"),
        ("closure", "gesperrt"),
        ("hold", "wird gerade gebucht"),
        ("buffer", "Auf- und Abbau"),
        ("closed", "geschlossen"),
    ],
)
PLAN = WeekPlan(
    caption="Woche vom Mo, 7. September 2026",
    days=[
        WeekDay(name, name[:2], f"{7 + at}.9.", is_today=at == 2)  # noqa: PLR2004 — a Wednesday
        for at, name in enumerate(
            ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
        )
    ],
    rows=[
        PlanRow(
            "Turnhalle",
            [
                [PlanLine("16–18 Uhr", "Kinderturnen"), PlanLine("18–20 Uhr", "belegt")],
                [],
                [PlanLine("ganzer Tag", "Bodenpflege", "closure")],
                [],
                [PlanLine("19–22 Uhr", "Volleyball")],
                [],
                [],
            ],
        ),
        PlanRow("Drittel Nord", [[], [PlanLine("10–11 Uhr", "Gymnastik")], [], [], [], [], []], is_part=True),
    ],
)
HALL = HallDrawing(
    caption="Turnhalle: Teile und Angebote",
    units=[("Drittel Nord", ""), ("Drittel Mitte", ""), ("Drittel Süd", ""), ("Stühle", "120 Stück")],
    rows=[
        HallRow("Turnhalle (ganz)", [True, True, True, False]),
        HallRow("Zwei Drittel Nord und Mitte", [True, True, False, False]),
        HallRow("Drittel Süd", [False, False, True, False]),
        HallRow("Bestuhlung", [False, False, False, True]),
    ],
)


def _day(number: int) -> MonthCell:
    """Invented: Sundays closed, the rest fuller towards the end."""
    if number % 7 == 6:  # noqa: PLR2004 — a Sunday
        return MonthCell(number, "closed", "zu", f"{number}. September: geschlossen")
    level = 4 - number // 7
    kind, text = [
        ("full", "belegt"),
        ("partly", "teils"),
        ("partly", "teils"),
        ("partly", "teils"),
        ("free", "frei"),
    ][level]
    return MonthCell(number, kind, text, f"{number}. September: {text}", "#tag", level, number == 9)  # type: ignore[arg-type]  # noqa: PLR2004 — a sample


MONTH = MonthTable(
    caption="Freie Zeiten im September 2026",
    weekdays=[(one.label, one.short_label) for one in PLAN.days],
    weeks=[
        [_day(number) if 1 <= number <= 30 else None for number in range(week * 7, week * 7 + 7)]  # noqa: PLR2004
        for week in range(5)
    ],
    legend=[
        ("free", 4, "frei"),
        ("partly", 2, "teils frei"),
        ("full", 0, "belegt"),
        ("closed", 0, "geschlossen"),
    ],
)
