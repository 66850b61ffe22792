"""A simulation ready to print: its progress, sums as bars beside figures, who gains and who loses, files.

Not here: computing it (``workflows.simulate``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, LocalizedText
from booking_core.engines.simulation import Comparison, Fate, Sum
from booking_core.ordinances.simulations.contracts import SimulatedBooking, SimulationView
from booking_core.web.backoffice.presenters.quotes import in_words
from booking_core.web.backoffice.presenters.simulation_notes import simulation_notes, total_words
from design_system.comparisons import ComparedRow, ComparisonTable
from design_system.contracts import Cell, Column, Table, Tone
from design_system.templatetags.formats import clock, euro, long_date

QUIET_FOR = timedelta(seconds=30)
_TONES: dict[str, Tone] = {
    "queued": "info", "running": "info", "done": "success", "failed": "danger", "cancelled": "neutral",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SimulationPage:
    """Everything a simulation's page prints. ``is_still``: nobody has worked on it for a while.

    ``mark`` changes with everything but the progress: then the page is printed anew.
    """

    version_id: int
    state: str
    state_label: str
    tone: Tone
    moment: str
    progress: str
    percent: int
    attempt: int
    is_open: bool
    is_still: bool
    is_outdated: bool
    may_restart: bool
    result: "SimulationResult | None"

    @property
    def mark(self) -> str:
        return f"{self.attempt}-{self.state}-{self.is_still:d}"


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """The sums in words, as tables, and the bookings most concerned."""

    sentence: str
    tone: Tone
    notes: list[str]
    by_group: ComparisonTable
    by_resource: ComparisonTable
    by_month: ComparisonTable
    changes: Table
    losers: Table
    winners: Table
    others: Table


def simulation_page(run: SimulationView, document: Document, *, now: datetime) -> SimulationPage:
    """The simulation as it stands at ``now``. While it is computed there is no result."""
    is_still = run.is_open and now - run.progress_at > QUIET_FOR
    done, total = run.findings.done, run.question.total
    return SimulationPage(
        version_id=run.version_id,
        state=run.state,
        state_label=run.state_label,
        tone=_TONES[run.state],
        moment=_moment_words(run),
        progress=_("%(done)s von %(total)s Buchungen") % {"done": done, "total": max(total, done)},
        percent=100 * done // max(total, done, 1),
        attempt=run.attempt,
        is_open=run.is_open,
        is_still=is_still,
        is_outdated=run.is_outdated,
        may_restart=is_still or run.is_outdated or run.state in {"failed", "cancelled"},
        result=_result(run, document) if run.is_done else None,
    )


@dataclass(frozen=True, slots=True)
class PaperSimulation:
    """What a council paper says of a finished simulation."""

    period: str
    result: SimulationResult


def simulation_on_paper(run: SimulationView, document: Document) -> PaperSimulation | None:
    """The result to print beside the changes; None where it is not done or belongs to an older draft."""
    if not run.is_done or run.is_outdated:
        return None
    return PaperSimulation(period_words(run), _result(run, document))


def period_words(run: SimulationView) -> str:
    """From when to when."""
    return _("Nutzungen vom %(first)s bis %(last)s") % {
        "first": long_date(run.question.first_on),
        "last": long_date(run.question.last_on),
    }


def _moment_words(run: SimulationView) -> str:
    at = run.finished_at or run.started_at
    words = {"day": long_date(at), "time": clock(at), "who": run.started_by}
    if run.finished_at is None:
        return _("gestartet am %(day)s, %(time)s, von %(who)s") % words
    return _("gestartet von %(who)s, beendet am %(day)s, %(time)s") % words


def _result(run: SimulationView, document: Document) -> SimulationResult:
    found = run.findings.comparison
    groups = labels(document.groups)
    resources = labels(document.resources)
    return SimulationResult(
        sentence=total_words(found.total),
        tone="info" if found.total.bookings else "warning",
        notes=simulation_notes(run, document),
        by_group=_compared(_("Einnahmen nach Gruppe"), _("Gruppe"), found.by_group, groups),
        by_resource=_compared(_("Einnahmen nach Angebot"), _("Angebot"), found.by_resource, resources),
        by_month=_compared(_("Einnahmen nach Monat"), _("Monat"), found.by_month, _months(found.by_month)),
        changes=_change_table(found, groups),
        losers=_booking_table(
            run.findings.losers, _("Wer am meisten mehr zahlt"), _("Niemand zahlt mehr."), groups
        ),
        winners=_booking_table(
            run.findings.winners, _("Wer am meisten weniger zahlt"), _("Niemand zahlt weniger."), groups
        ),
        others=_other_table(run.findings.others, groups),
    )


def labels(named: Iterable[object]) -> dict[str, str]:
    """What the version calls its groups or resources."""
    return {one.id: in_words(one.label) for one in named}  # type: ignore[attr-defined]  # NamedValue, ResourceInfo


def _compared(caption: str, heading: str, sums: Sequence[Sum], names: Mapping[str, str]) -> ComparisonTable:
    widest = max((max(one.before_cents, one.after_cents) for one in sums), default=0)
    return ComparisonTable(
        caption=caption,
        heading=heading,
        before_label=_("bisher"),
        after_label=_("mit dieser Fassung"),
        difference_label=_("Unterschied"),
        rows=[
            ComparedRow(
                label=names.get(one.key, one.key) or _("ohne Angabe"),
                note=ngettext("%(count)s Buchung", "%(count)s Buchungen", one.bookings)
                % {"count": one.bookings},
                before=euro(one.before_cents),
                after=euro(one.after_cents),
                difference=_signed(one.difference_cents),
                before_share=_share(one.before_cents, widest),
                after_share=_share(one.after_cents, widest),
            )
            for one in sums
        ],
    )


def _share(cents: int, widest: int) -> int:
    """Tenths of a percent of the longest bar."""
    return 1000 * max(cents, 0) // widest if widest > 0 else 0


def _months(sums: Iterable[Sum]) -> dict[str, str]:
    return {one.key: date_format(date.fromisoformat(f"{one.key}-01"), "F Y") for one in sums}


def _signed(cents: int) -> str:
    return f"+{euro(cents)}" if cents > 0 else euro(cents)


def _change_table(found: Comparison, groups: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Gewinner und Verlierer nach Gruppe"),
        is_stacked=True,
        columns=[
            Column(_("Gruppe")),
            Column(_("zahlen mehr"), is_numeric=True),
            Column(_("zahlen weniger"), is_numeric=True),
            Column(_("gleich"), is_numeric=True),
            Column(_("nicht mehr zulässig"), is_numeric=True),
        ],
        rows=[
            [
                groups.get(one.key, one.key) or _("ohne Angabe"),
                Cell(str(one.more), note=_signed(one.more_cents) if one.more else ""),
                Cell(str(one.less), note=_signed(one.less_cents) if one.less else ""),
                str(one.same),
                str(one.refused),
            ]
            for one in found.changes
        ],
    )


def _booking_table(
    rows: Iterable[SimulatedBooking], caption: str, nobody: str, groups: Mapping[str, str]
) -> Table:
    return Table(
        caption=caption,
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Buchung")),
            Column(_("bisher"), is_numeric=True),
            Column(_("mit dieser Fassung"), is_numeric=True),
            Column(_("Unterschied"), is_numeric=True),
        ],
        rows=[
            [
                Cell(
                    row.number,
                    reverse("backoffice_booking", args=[row.uuid]),
                    note=groups.get(row.group, row.group),
                ),
                euro(row.before_cents),
                euro(row.after_cents),
                _signed(row.difference_cents),
            ]
            for row in rows
        ],
        empty_text=nobody,
    )


def _other_table(rows: Iterable[SimulatedBooking], groups: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Nicht mehr zulässig, offen oder nicht vergleichbar"),
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Buchung")),
            Column(_("Ergebnis")),
            Column(_("Warum")),
            Column(_("bisher"), is_numeric=True),
        ],
        rows=[
            [
                Cell(
                    row.number,
                    reverse("backoffice_booking", args=[row.uuid]),
                    note=groups.get(row.group, row.group),
                ),
                Cell(fate_words(row.fate), tone="danger" if row.fate is Fate.REFUSED else "warning"),
                why_words(row),
                euro(row.before_cents),
            ]
            for row in rows
        ],
        empty_text=_("Jede Buchung ließ sich bepreisen."),
    )


def fate_words(fate: Fate) -> str:
    """What became of a booking."""
    words = {
        Fate.PRICED: _("bepreist"),
        Fate.REFUSED: _("nicht mehr zulässig"),
        Fate.OPEN: _("entscheidet die Verwaltung"),
        Fate.NOT_COMPARABLE: _("nicht vergleichbar"),
    }
    return words[fate]


def why_words(row: SimulatedBooking) -> str:
    """Why a booking is not simply priced; empty where it is."""
    return LocalizedText(row.why_de, row.why_en).in_language(get_language() or "de")
