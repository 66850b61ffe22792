"""Invented values for the component page: a village, its hall, its bookings.

Not here: the page (``gallery``). Nobody and nothing in here exists.
"""

from datetime import UTC, datetime
from decimal import Decimal

from design_system.comparisons import ComparedRow, ComparisonTable
from design_system.contracts import (
    Cell,
    Column,
    Crumb,
    DayStrip,
    Fact,
    FilterGroup,
    FilterLink,
    KeyHint,
    NavGroup,
    NavItem,
    PlaceCard,
    PriceRow,
    PriceTable,
    SiteFace,
    Step,
    StripPart,
    SummaryRow,
    Table,
    TimelineEntry,
    WeekCell,
    WeekDay,
    WeekRow,
    WeekTable,
)

FACE = SiteFace(
    name="Gemeinde Musterdorf",
    tagline="Räume, Hallen und Geräte buchen",
    imprint_url="#impressum",
    privacy_url="#datenschutz",
    accessibility_url="#barrierefreiheit",
    contact_url="#kontakt",
    platform_url="#biletado",
)
MAIN_NAV = (
    NavItem("Räume", "#raeume", is_current=True),
    NavItem("Veranstaltungen", "#veranstaltungen"),
    NavItem("Meine Buchungen", "#buchungen", count=2),
)
ACCOUNT_NAV = (
    NavItem("Mein Konto", "#konto", icon="account"),
    NavItem("Abmelden", "#abmelden", icon="logout"),
)
SIDE_NAV = (
    NavGroup(
        "Buchungen",
        (
            NavItem("Eingang", "#eingang", is_current=True, count=7, icon="inbox"),
            NavItem("Heute", "#heute", icon="calendar"),
            NavItem("Alle Buchungen", "#alle", icon="list"),
        ),
    ),
    NavGroup(
        "Einrichten",
        (NavItem("Räume", "#raeume", icon="building"), NavItem("Mitarbeitende", "#personen", icon="people")),
    ),
)
CRUMBS = (Crumb("Start", "#start"), Crumb("Räume", "#raeume"), Crumb("Bausteine"))
STEPS = (
    Step("Gemeinde", "done", "#1"),
    Step("E-Mail", "done", "#2"),
    Step("Adresse", "done", "#3"),
    Step("Aussehen", "current"),
    Step("Räume"),
    Step("Rechtliches"),
    Step("Prüfen"),
)
NOW = datetime(2026, 9, 12, 9, tzinfo=UTC)
AMOUNTS = (9000, Decimal("1234.5"), -550)
HINTS = (
    KeyHint("j", "nächste"),
    KeyHint("k", "vorige"),
    KeyHint("b", "bestätigen"),
    KeyHint("a", "ablehnen"),
)
TABS = (
    NavItem("Woche", "#woche", is_current=True),
    NavItem("Tag", "#tag"),
    NavItem("Liste", "#liste", count=14),
    NavItem("Preise und Regeln", "#preise"),
)
FILTERS = (
    FilterGroup(
        "Ausstattung",
        (
            FilterLink("stufenlos", "#f1", is_on=True, count=4),
            FilterLink("Küche", "#f2", count=3),
            FilterLink("Bühne", "#f3", count=1),
        ),
    ),
    FilterGroup(
        "Größe", (FilterLink("bis 30", "#f4"), FilterLink("bis 100", "#f5"), FilterLink("über 100", "#f6"))
    ),
)
SUMMARY = (
    SummaryRow("Raum", "Großer Saal, Dörpshus", "#aendern-raum"),
    SummaryRow("Wann", "Sa, 12. September 2026, 11–23 Uhr", "#aendern-zeit", note="12 Stunden"),
    SummaryRow("Anschrift", ("Erika Mustermann", "Am Beispiel 1", "12345 Musterdorf"), "#aendern-anschrift"),
    SummaryRow("Bemerkung", "", "#aendern-bemerkung"),
)
TIMELINE = (
    TimelineEntry("Angefragt", "Mo, 1. Juni 2026, 9:12 Uhr"),
    TimelineEntry(
        "Bestätigt", "Di, 2. Juni 2026, 11 Uhr", "Von der Gemeinde bestätigt. Die Rechnung kam per E-Mail."
    ),
    TimelineEntry(
        "Bezahlen",
        "bis Mo, 15. Juni 2026",
        "90,00 € Entgelt und 180,00 € Kaution.",
        "current",
        "#b",
        "Jetzt bezahlen",
    ),
    TimelineEntry("Türcode", "", "Kommt am Tag vor der Nutzung.", "coming"),
)
COMPARISON = ComparisonTable(
    caption="Einnahmen nach Gruppe",
    heading="Gruppe",
    before_label="bisher",
    after_label="danach",
    difference_label="Unterschied",
    rows=(
        ComparedRow("Vereine", "1.200,00 €", "900,00 €", "−300,00 €", 480, 360, "12 Buchungen"),
        ComparedRow("Private", "2.100,00 €", "2.500,00 €", "+400,00 €", 840, 1000, "20 Buchungen"),
        ComparedRow("Gemeinde", "0,00 €", "0,00 €", "0,00 €", 0, 0),
    ),
)
PRICE = PriceTable(
    rows=(
        PriceRow(
            "Großer Saal",
            "120,00 €",
            "1 Tag, 11 Uhr bis 11 Uhr",
            "§ 3 Abs. 1 der Entgeltordnung",
            why=(("Berechnung", "1 (Tag) × 120,00 €"), ("Regel", "120,00 € je Tag für Einheimische")),
        ),
        PriceRow("Küche", "30,00 €", "pauschal", "§ 3 Abs. 2"),
        PriceRow("Ermäßigung für Einheimische", "−60,00 €", "40 %", "§ 5", is_credit=True),
    ),
    total="90,00 €",
    deposit="180,00 €",
    tax_note="umsatzsteuerfrei",
    steps=(
        "Sie haben den Großen Saal gewählt: 120,00 € je Tag.",
        "Sie wohnen in der Gemeinde: 40 % weniger auf Saal und Küche.",
    ),
    source_label="Entgeltordnung vom 1. Januar 2026",
    source_url="#ordnung",
)


def _strip(label: str, *free: tuple[int, int], wish: tuple[int, int] | None = None) -> DayStrip:
    """A day that is taken from 8 to 22 o'clock except in the ``free`` hours."""
    parts = [StripPart(8 * 60, 22 * 60, "busy")] if not free else []
    parts += [StripPart(start * 60, end * 60, "free") for start, end in free]
    edges = [8, *(hour for pair in free for hour in pair), 22]
    parts += [
        StripPart(a * 60, b * 60, "busy")
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if free and a < b
    ]
    if wish:
        parts.append(StripPart(wish[0] * 60, wish[1] * 60, "wish"))
    words = " und ".join(f"{start}–{end} Uhr" for start, end in free)
    return DayStrip(label, f"frei {words}" if free else "nichts frei", tuple(parts), url=f"#tag-{label}")


DAYS = (
    _strip("Sa 12.", (8, 12), (18, 22), wish=(18, 21)),
    _strip("So 13.", (8, 22)),
    _strip("Mo 14."),
    _strip("Di 15.", (14, 18)),
)
WEEK_STRIPS = tuple(
    _strip(label, *free)
    for label, *free in (
        ("Mo", (8, 12)),
        ("Di", (8, 22)),
        ("Mi",),
        ("Do", (14, 22)),
        ("Fr", (8, 10)),
        ("Sa", (18, 22)),
        ("So", (8, 22)),
    )
)
_FACTS = (Fact("80 Plätze", "people", "Plätze"), Fact("Küche", "kitchen"), Fact("stufenlos", "accessible"))
PLACES = (
    PlaceCard(
        "Großer Saal",
        "#saal",
        None,
        "Dörpshus, Am Anger 3",
        _FACTS,
        "ab 90,00 €",
        "je Tag",
        strips=WEEK_STRIPS,
    ),
    PlaceCard(
        "Mehrzweckhalle der Grundschule am Hochwasserrückhaltebecken (Drittel 2)",
        "#halle",
        None,
        "Schulstraße",
        (Fact("200 Plätze", "people"), Fact("stufenlos", "accessible")),
        "12,50 €",
        "je Stunde",
        badge="heute frei",
        badge_tone="success",
        strips=WEEK_STRIPS,
    ),
    PlaceCard(
        "Lastenrad", "#rad", None, "Bauhof", (Fact("bis 100 kg", "vehicle"),), "kostenlos", strips=WEEK_STRIPS
    ),
)
RESULT = PlaceCard(
    "Kleiner Saal",
    "#kleiner",
    None,
    "Dörpshus, Am Anger 3",
    (Fact("30 Plätze", "people"), Fact("Küche", "kitchen"), Fact("stufenlos", "accessible")),
    "45,00 €",
    "Sa, 18–23 Uhr",
    reason="Passt: 30 Plätze für 25 Personen, mit Küche, stufenlos.",
)


_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_SUNDAY, _NOON, _DENSE_FROM_ROWS = 6, 12, 20


def _cell(hour: int, day: int) -> WeekCell:
    if day == _SUNDAY and hour < _NOON:
        return WeekCell("closed", "geschlossen")
    if (hour + day * 3) % 7 in (0, 1):
        return WeekCell("busy", "belegt")
    return WeekCell("free", f"{hour}–{hour + 1} Uhr frei", f"#{day}-{hour}")


WEEK = WeekTable(
    caption="Großer Saal, Woche vom 7. bis 13. September 2026",
    days=tuple(
        WeekDay(name, name[:2], f"{7 + at}.9.", is_today=name == "Mittwoch")
        for at, name in enumerate(_WEEKDAYS)
    ),
    rows=tuple(WeekRow(f"{hour} Uhr", tuple(_cell(hour, day) for day in range(7))) for hour in range(8, 22)),
    previous_url="#zurueck",
    next_url="#vor",
    today_url="#heute",
)


def bookings_table(rows: int) -> Table:
    """A list of ``rows`` bookings, one with a very long name."""
    names = (
        "Erika Mustermann",
        "Musikzug Musterdorf",
        "Verein zur Pflege der plattdeutschen Sprache und Kultur e. V.",
    )
    states = (
        Cell("bestätigt", tone="success"),
        Cell("offen", tone="warning"),
        Cell("abgesagt", tone="danger"),
    )
    return Table(
        caption="Buchungen",
        columns=(
            Column("Wer"),
            Column("Raum"),
            Column("Wann"),
            Column("Stand"),
            Column("Entgelt", is_numeric=True),
        ),
        rows=tuple(
            (
                Cell(names[at % 3], url=f"#b{at}"),
                "Großer Saal",
                f"Sa, {at % 28 + 1}. September 2026, 11–23 Uhr",
                states[at % 3],
                f"{90 + at},00 €",
            )
            for at in range(rows)
        ),
        is_dense=rows > _DENSE_FROM_ROWS,
        is_stacked=True,
        empty_text="Noch keine Buchungen.",
    )
