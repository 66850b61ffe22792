"""The calculator ready to print for everyone: form, price with reasons, what is missing.

Not here: asking the document (``calculating``), the clerk's view with every rule (``backoffice.presenters.quotes``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Quote
from booking_core.kernel.errors import BookingError
from booking_core.web.citizen.presenters import prices
from booking_core.web.citizen.quote_panel import QuotePanel
from booking_core.web.tariffs.calculating import Calculation
from booking_core.web.tariffs.forms import CalculatorForm
from design_system.contracts import NavItem
from design_system.templatetags.formats import span_words
from tenants.visitors import client_address, may_try

_MOST_PER_MINUTE = 90


class TooManyCalculations(BookingError):
    """One address asks for prices faster than people type."""

    code = "too-many-calculations"
    http_status = 429


@dataclass(frozen=True, slots=True)
class CalculatorView:
    """What ``tariffs/calculator.html`` prints. ``hidden`` are further values the form's address carries."""

    form: CalculatorForm
    action: str
    panel: QuotePanel | None
    missing: Sequence[str] = ()
    hidden: Sequence[tuple[str, str]] = ()
    tabs: Sequence[NavItem] = field(default=())


def calculator_view(
    calculation: Calculation,
    *,
    action: str,
    source: str,
    hidden: Sequence[tuple[str, str]] = (),
    tabs: Sequence[NavItem] = (),
) -> CalculatorView:
    """The calculator for citizens; ``source`` names the ordinance."""
    quote, form = calculation.quote, calculation.form
    return CalculatorView(
        form=form,
        action=action,
        panel=_panel(quote, form, source) if quote is not None else None,
        missing=[str(one) for errors in form.errors.values() for one in errors],
        hidden=hidden,
        tabs=tabs if len(tabs) > 1 else (),
    )


def _panel(quote: Quote, form: CalculatorForm, source: str) -> QuotePanel:
    refused = prices.refusals(quote)
    when = span_words(form.span) if form.span is not None else ""
    shows_price = quote.fee_known and not refused
    return QuotePanel(
        when=when,
        for_whom=_label(form, "group"),
        price=prices.price_table(quote, source=source) if shows_price else None,
        no_price="" if quote.fee_known else _("Die Satzung nennt dafür kein Entgelt."),
        refusals=refused,
        decisions=prices.decisions(quote),
    )


def _label(form: CalculatorForm, name: str) -> str:
    if name not in form.fields:
        return ""
    chosen = form.cleaned_data.get(name, "")
    choices: list[tuple[str, object]] = form.fields[name].choices  # type: ignore[attr-defined]  # a choice field
    return next((str(label) for value, label in choices if value and value == chosen), "")


def refuse_haste(request: HttpRequest, *, is_asked: bool) -> None:
    """Count a calculation of somebody without an account. Raises TooManyCalculations (429)."""
    if is_asked and not may_try("calculator", client_address(request), most=_MOST_PER_MINUTE, seconds=60):
        raise TooManyCalculations(
            _("Von Ihrem Anschluss kommen sehr viele Anfragen. Bitte warten Sie eine Minute.")
        )


def keep_out_of_indexes(response: HttpResponse, *, is_asked: bool) -> HttpResponse:
    """Search engines may list the page, but not each of its results."""
    if is_asked:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response
