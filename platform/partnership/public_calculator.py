"""The calculator of the main host: choose an ordinance of the exchange, then a case.

Not here: the calculator itself (``booking_core.web.tariffs``), pages (``views``).
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from booking_core.kernel.errors import NotFound
from booking_core.web.tariffs.answers import CalculatorView, calculator_view
from booking_core.web.tariffs.calculating import Calculation, Priced, calculate
from booking_core.web.tariffs.choices import in_words
from design_system.contracts import NavItem
from partnership.catalogue import entries, entry_page
from partnership.contracts import CatalogueFilter, Entry, EntryPage

_MOST_TABS = 6
_FIELD = "satzung"


@dataclass(frozen=True, slots=True)
class PublicCalculation:
    """The entry asked, its calculator ready to print, and the calculation behind it."""

    page: EntryPage
    calculator: CalculatorView
    calculation: Calculation


def public_calculation(
    typed: QueryDict, *, now: datetime, slug: str = "", with_tabs: bool = True
) -> PublicCalculation | None:
    """Calculate with the entry named (by ``slug`` or in the address), else with the first town's.

    None where there is no entry at all. Raises NotFound where the entry named is not there (any more).
    """
    offered = _offered()
    wanted = slug or typed.get(_FIELD, "")
    if not wanted and not offered:
        return None
    page = entry_page(wanted or offered[0].slug)
    calculation = calculate(typed, _priced(page), now=now)
    action = reverse("public_calculator")
    view = calculator_view(
        calculation,
        action=action,
        source=f"{page.entry.municipality}: {in_words(page.entry.name)}",
        hidden=[(_FIELD, page.entry.slug)],
        tabs=_tabs(offered, page.entry, action) if with_tabs else (),
    )
    return PublicCalculation(page, view, calculation)


def _priced(page: EntryPage) -> Priced:
    return Priced(page.document, ZoneInfo(page.document.content.zone), page.readings)


def _offered() -> tuple[Entry, ...]:
    """The ordinances of towns; where no town shares one yet, some of the collection."""
    return (entries(CatalogueFilter(publisher="towns")) or entries(CatalogueFilter(publisher="collection")))[
        :_MOST_TABS
    ]


def _tabs(offered: tuple[Entry, ...], current: Entry, action: str) -> list[NavItem]:
    shown = offered if current.slug in {one.slug for one in offered} else (current, *offered)
    return [
        NavItem(
            one.municipality,
            f"{action}?{urlencode({_FIELD: one.slug})}#rechner",
            is_current=one.slug == current.slug,
        )
        for one in shown
    ]


def first_calculator(*, now: datetime) -> CalculatorView | None:
    """The calculator with the case it starts with, for the front page."""
    try:
        found = public_calculation(QueryDict(), now=now)
    except NotFound:  # withdrawn between the two reads
        return None
    return found.calculator if found is not None else None
