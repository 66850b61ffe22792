"""What a simulation says in sentences: the total, and everything a reader has to know about the figures.

Not here: tables (``presenters.simulations``).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.ordinance import Document
from booking_core.engines.simulation import Comparison, Sum
from booking_core.ordinances.simulations.contracts import SimulationView
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.templatetags.formats import euro


def total_words(total: Sum) -> str:
    """What all compared bookings come to."""
    if not total.bookings:
        return _("Keine Buchung ließ sich vergleichen.")
    words = {
        "count": total.bookings,
        "before": euro(total.before_cents),
        "after": euro(total.after_cents),
        "step": euro(abs(total.difference_cents)),
    }
    if total.difference_cents > 0:
        return (
            ngettext(
                "%(count)s Buchung brächte %(after)s statt %(before)s: %(step)s mehr.",
                "%(count)s Buchungen brächten %(after)s statt %(before)s: %(step)s mehr.",
                total.bookings,
            )
            % words
        )
    if total.difference_cents < 0:
        return (
            ngettext(
                "%(count)s Buchung brächte %(after)s statt %(before)s: %(step)s weniger.",
                "%(count)s Buchungen brächten %(after)s statt %(before)s: %(step)s weniger.",
                total.bookings,
            )
            % words
        )
    return (
        ngettext(
            "%(count)s Buchung brächte wie bisher %(after)s.",
            "%(count)s Buchungen brächten wie bisher %(after)s.",
            total.bookings,
        )
        % words
    )


def simulation_notes(run: SimulationView, document: Document) -> list[str]:
    """What counts and what does not, each with its number of bookings."""
    found = run.findings.comparison
    return [
        _(
            "Gerechnet wird mit bestätigten Buchungen und offenen Anfragen, wie sie gestellt wurden, ohne Kautionen. "
            "Eine Serie zählt im Monat ihres ersten Termins."
        ),
        *_counted_notes(found),
        *_unanswered_notes(found, document),
        *_left_out_notes(run),
    ]


def _counted_notes(found: Comparison) -> list[str]:
    refused = sum(one.refused for one in found.changes)
    notes = []
    if refused:
        notes.append(
            ngettext(
                "%(count)s Buchung wäre jetzt nicht mehr zulässig; danach zählt sie mit 0 €.",
                "%(count)s Buchungen wären jetzt nicht mehr zulässig; danach zählen sie mit 0 €.",
                refused,
            )
            % {"count": refused}
        )
    if found.open_bookings:
        notes.append(
            ngettext(
                "Bei %(count)s Buchung (bisher %(before)s) müsste die Verwaltung entscheiden; sie zählt nicht mit.",
                "Bei %(count)s Buchungen (bisher %(before)s) müsste die Verwaltung entscheiden; "
                "sie zählen nicht mit.",
                found.open_bookings,
            )
            % {"count": found.open_bookings, "before": euro(found.open_cents)}
        )
    return notes


def _unanswered_notes(found: Comparison, document: Document) -> list[str]:
    questions = {one.id: in_words(one.label) for one in document.facts}
    return [
        ngettext(
            "%(count)s Buchung hat keine Antwort auf „%(question)s“, denn danach wurde nicht gefragt. "
            "Gerechnet ist sie ohne diese Angabe.",
            "%(count)s Buchungen haben keine Antwort auf „%(question)s“, denn danach wurde nicht gefragt. "
            "Gerechnet sind sie ohne diese Angabe.",
            count,
        )
        % {"count": count, "question": questions.get(name, name)}
        for name, count in found.unanswered.items()
    ]


def _left_out_notes(run: SimulationView) -> list[str]:
    notes = [_lost_words(why, count) for why, count in run.findings.comparison.not_comparable.items()]
    if run.question.elsewhere:
        notes.append(
            ngettext(
                "%(count)s weitere Buchung dieser Räume wurde nicht nach dieser Ordnung bepreist; sie zählt nicht mit.",
                "%(count)s weitere Buchungen dieser Räume wurden nicht nach dieser Ordnung bepreist; "
                "sie zählen nicht mit.",
                run.question.elsewhere,
            )
            % {"count": run.question.elsewhere}
        )
    return notes


def _lost_words(why: str, count: int) -> str:
    kind, _colon, rest = why.partition(":")
    words = {
        "no_request": ngettext(
            "%(count)s Buchung ist nicht mehr herzustellen und zählt nicht mit.",
            "%(count)s Buchungen sind nicht mehr herzustellen und zählen nicht mit.",
            count,
        ),
        "no_price": ngettext(
            "Bei %(count)s Buchung nannte die Verwaltung den Preis; sie zählt nicht mit.",
            "Bei %(count)s Buchungen nannte die Verwaltung den Preis; sie zählen nicht mit.",
            count,
        ),
        "unknown": ngettext(
            "%(count)s Buchung nennt „%(code)s“, das die Fassung nicht kennt; sie zählt nicht mit.",
            "%(count)s Buchungen nennen „%(code)s“, das die Fassung nicht kennt; sie zählen nicht mit.",
            count,
        ),
    }
    return words[kind] % {"count": count, "code": rest.partition(":")[2]}
