"""Invented figures for the charts on the component page.

Not here: other samples (``gallery_samples``).
"""

from design_system.charts import Chart, ChartRow, Figure, HeatCell, HeatMap, HeatRow


def _euro(value: int) -> Figure:
    return Figure(value, f"{value},00 €")


_NAMES = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
          "November", "Dezember")  # fmt: skip
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

MONTHS = Chart(
    caption="Einnahmen nach Monat",
    heading="Monat",
    series=("2026", "2025"),
    rows=[
        ChartRow(name, (_euro(700 + 90 * place), _euro(950 - 40 * place)), short=name[:1])
        for place, name in enumerate(_NAMES)
    ],
    summary="2026 kamen 14.340,00 € ein, 2025 waren es 8.760,00 €.",
    total=("Summe", "14.340,00 €", "8.760,00 €"),
)
GROUPS = Chart(
    caption="Entgelte nach Gruppe",
    heading="Gruppe",
    series=("Entgelte",),
    rows=[
        ChartRow("Vereine aus der Gemeinde mit einem sehr langen Namen", (_euro(4200),)),
        ChartRow("Privatpersonen", (_euro(2600),)),
        ChartRow("Firmen", (_euro(0),)),
    ],
    summary="Am meisten zahlen Vereine aus der Gemeinde.",
    total=("Summe", "6.800,00 €"),
)
NOTHING = Chart(
    "Leer", "Gruppe", ("Entgelte",), (), "", empty_text="In diesem Zeitraum gibt es nichts zu zeigen."
)
WEEK = HeatMap(
    caption="Auslastung nach Wochentag und Stunde",
    heading="Stunde",
    columns=[(day, day[:2]) for day in _DAYS],
    rows=[
        HeatRow(
            f"{hour} Uhr",
            [
                HeatCell(percent, f"{percent} %")
                for percent in ((hour * 13 + place * 17) % 101 for place in range(7))
            ],
        )
        for hour in range(8, 23, 2)
    ],
    summary="Am stärksten belegt: Freitag, 18 Uhr.",
)
