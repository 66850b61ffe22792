"""The town's tax status day by day, and what a change does to bookings, as tables and sentences.

Not here: the numbers (``workflows.tax_change``).
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.tax import TaxPeriod, TaxStatus, Treatment
from booking_core.finance.paper.wording import exemption_words
from booking_core.kernel.money import total
from booking_core.web.backoffice.forms.finance.tax import EXEMPTIONS, STATUS
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.workflows.tax_change import MOST_BOOKINGS, Taxation, TaxedBooking, TaxPreview
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, long_date

_SHOWN = 100


def period_table(periods: Sequence[TaxPeriod], *, today: date) -> Table:
    """Every status with its first day; the one of today is marked."""
    ordered = sorted(periods, key=lambda one: one.from_on)
    current = max((one.from_on for one in ordered if one.from_on <= today), default=ordered[0].from_on)
    return Table(
        caption=_("Umsatzsteuer im Lauf der Zeit"),
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Ab")), Column(_("Status")), Column(_("Steuerfreie Zeilen")), Column(_("Stand"))],
        rows=[
            [
                _("von Anfang an") if place == 0 else long_date(one.from_on),
                str(dict(STATUS)[one.status.value]),
                str(dict(EXEMPTIONS).get(one.exemption.value, ""))
                if one.status is TaxStatus.REGULAR
                else "—",
                _state(one, current),
            ]
            for place, one in enumerate(ordered)
        ],
    )


def _state(period: TaxPeriod, current: date) -> Cell | str:
    if period.from_on == current:
        return Cell(_("gilt heute"), tone="success")
    return Cell(_("geplant"), tone="info") if period.from_on > current else _("vorbei")


def change_notices(preview: TaxPreview) -> list[Notice]:
    """What has to be done because of the change, the worst first."""
    notices = []
    impossible, billed = len(preview.impossible), len(preview.billed)
    if impossible:
        title = ngettext(
            "%(count)s Buchung ließe sich nicht mehr berechnen",
            "%(count)s Buchungen ließen sich nicht mehr berechnen",
            impossible,
        ) % {"count": impossible}
        text = _(
            "Ihre Entgeltordnung nennt für sie Umsatzsteuer, die Kommune dürfte dann keine ausweisen (§ 14c UStG). "
            "Wo sie im Preis enthalten ist, kann der Preis ohne Umsatzsteuer weiter gelten; kreuzen Sie das unten an. "
            "Ab diesem Tag braucht es eine Fassung ohne Umsatzsteuer."
        )
        notices.append(
            Notice("danger", title, text, reverse("backoffice_ordinances"), _("Zur Entgeltordnung"))
        )
    if billed:
        title = ngettext(
            "%(count)s Rechnung nennt schon die bisherige Steuer",
            "%(count)s Rechnungen nennen schon die bisherige Steuer",
            billed,
        ) % {"count": billed}
        text = _(
            "Geschriebene Rechnungen ändern sich nicht. Stornieren Sie sie nach der Umstellung "
            "und schreiben Sie sie neu."
        )
        notices.append(Notice("warning", title, text))
    if preview.change.status is TaxStatus.REGULAR and not any(one.after.tax for one in preview.bookings):
        title = _("Auf keiner Buchung stünde Umsatzsteuer")
        text = _(
            "Die Entgeltordnung nennt keinen Steuersatz; alle Zeilen wären steuerfrei. "
            "Soll Steuer berechnet werden, nennen Sie den Satz dort."
        )
        notices.append(Notice("info", title, text, reverse("backoffice_ordinances"), _("Zur Entgeltordnung")))
    return notices


def change_words(preview: TaxPreview) -> str:
    """How many bookings change and what becomes of their tax."""
    count, looked_at = len(preview.bookings), preview.looked_at
    if not count:
        return ngettext(
            "Ab diesem Tag ist %(looked_at)s Buchung mit Entgelt vereinbart; ihre Rechnung bliebe gleich.",
            "Ab diesem Tag sind %(looked_at)s Buchungen mit Entgelt vereinbart; ihre Rechnungen blieben gleich.",
            looked_at,
        ) % {"looked_at": looked_at}
    before = total([one.before.tax for one in preview.bookings])
    after = total([one.after.tax for one in preview.bookings])
    if not (before or after):
        return _with_rest(
            ngettext(
                "%(count)s von %(looked_at)s Buchungen ab diesem Tag ändert sich: keine Umsatzsteuer wie bisher, "
                "aber aus anderem Grund.",
                "%(count)s von %(looked_at)s Buchungen ab diesem Tag ändern sich: keine Umsatzsteuer wie bisher, "
                "aber aus anderem Grund.",
                count,
            )
            % {"count": count, "looked_at": looked_at},
            preview,
        )
    words = ngettext(
        "%(count)s von %(looked_at)s Buchungen ab diesem Tag ändert sich: Umsatzsteuer %(after)s statt %(before)s. "
        "Der vereinbarte Preis bleibt.",
        "%(count)s von %(looked_at)s Buchungen ab diesem Tag ändern sich: Umsatzsteuer zusammen %(after)s statt "
        "%(before)s. Die vereinbarten Preise bleiben.",
        count,
    ) % {
        "count": count,
        "looked_at": looked_at,
        "before": euro(before),
        "after": euro(after),
    }
    return _with_rest(words, preview)


def _with_rest(words: str, preview: TaxPreview) -> str:
    if not preview.is_cut:
        return words
    return f"{words} " + _("Es sind mehr; angesehen wurden die ersten %(most)s.") % {"most": MOST_BOOKINGS}


def change_table(preview: TaxPreview) -> Table:
    """Booking by booking, those to act on first; at most a hundred."""
    ordered = sorted(
        preview.bookings, key=lambda one: (one.after.is_possible, one.invoice is None, one.used_on)
    )
    return Table(
        caption=_("Was sich ändert"),
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Buchung")),
            Column(_("Nutzung")),
            Column(_("Entgelt"), is_numeric=True),
            Column(_("Steuer bisher")),
            Column(_("Steuer danach")),
            Column(_("Rechnung")),
        ],
        rows=[_row(one) for one in ordered[:_SHOWN]],
        footer=[_("und %(count)s weitere") % {"count": len(ordered) - _SHOWN}, "", "", "", "", ""]
        if len(ordered) > _SHOWN
        else (),
    )


def _row(one: TaxedBooking) -> list[Cell | str]:
    invoice: Cell | str = "—"
    if one.invoice is not None:
        invoice = Cell(one.invoice[0], reverse("backoffice_invoice", args=[one.invoice[1]]))
    return [
        Cell(one.number, reverse("backoffice_booking", args=[one.uuid]), note=one.title),
        long_date(one.used_on),
        euro(one.after.gross),
        tax_words(one.before),
        Cell(tax_words(one.after), tone=None if one.after.is_possible else "danger"),
        invoice,
    ]


def tax_words(taxation: Taxation) -> str:
    """The tax of a booking: the amount with its rates, or why there is none."""
    if not taxation.is_possible:
        return _("nicht berechenbar")
    reasons = [_treatment_words(one) for one in taxation.treatments]
    return "; ".join([euro(taxation.tax), *reasons] if taxation.tax else reasons)


def _treatment_words(treatment: Treatment) -> str:
    if treatment.percent:
        return _("%(percent)s %% USt") % {"percent": number_format(treatment.percent.normalize())}
    return exemption_words(treatment.exemption)
