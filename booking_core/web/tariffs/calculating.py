"""One turn of the calculator: from the address to a filled form and the document's answer.

Not here: printing the answer (``answers``, ``backoffice.presenters.quotes``), the engine (``engines.ordinance``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict

from booking_core.engines.ordinance import Document, Quote
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.trying import try_document
from booking_core.web.tariffs.first_case import first_case
from booking_core.web.tariffs.forms import CalculatorForm


@dataclass(frozen=True, slots=True)
class Priced:
    """A document with what it takes to ask it: the wall clock its times are meant on, the readings chosen."""

    document: Document
    zone: ZoneInfo
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calculation:
    """The form as typed, and the answer; ``quote`` is None where the case is not complete.

    ``is_asked``: somebody typed a case; otherwise it is the one to start with.
    """

    form: CalculatorForm
    quote: Quote | None
    is_asked: bool

    def status(self, *, is_part: bool) -> int:
        """422 for a page with mistakes; parts of a page are 200, so that what is missing can be shown."""
        return 422 if self.form.errors and not is_part else 200


def calculate(typed: QueryDict, priced: Priced, *, now: datetime, with_internal: bool = False) -> Calculation:
    """Ask the document; without a typed case the one to start with."""
    is_asked = any(name in typed for name in ("codes", "tag", "group", "purpose"))
    today = now.astimezone(priced.zone).date()
    data = typed if is_asked else first_case(priced.document, today=today)
    form = CalculatorForm(data, document=priced.document, zone=priced.zone, with_internal=with_internal)
    return Calculation(form, _answer(form, priced, now), is_asked)


def _answer(form: CalculatorForm, priced: Priced, now: datetime) -> Quote | None:
    if not form.is_valid():
        return None
    try:
        return try_document(
            priced.document, form.trial(), zone=priced.zone, readings=priced.readings, now=now
        )
    except BookingError as fault:
        form.show_fault(fault)
        return None
