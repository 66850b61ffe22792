"""Every calculator starts with a case its form takes and its document answers."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from booking_core.engines.ordinance import Outcome, load_document
from booking_core.ordinances.library import library_entries, library_text
from booking_core.web.tariffs.calculating import Priced, calculate

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
SLUGS = [one.slug for one in library_entries()]


def priced(slug: str) -> Priced:
    return Priced(load_document(library_text(slug)), ZONE)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_case_is_answered(slug: str) -> None:
    calculation = calculate(QueryDict(), priced(slug), now=NOW)
    assert calculation.form.errors == {}
    assert calculation.quote is not None
    assert not calculation.is_asked


def test_most_first_cases_show_a_price() -> None:
    quotes = [calculate(QueryDict(), priced(slug), now=NOW).quote for slug in SLUGS]
    shown = [one for one in quotes if one and one.outcome is Outcome.ACCEPTED and one.total.cents]
    assert len(shown) >= len(SLUGS) - 3, "all but the ordinances that name no fee"


def test_only_what_matters_for_the_choice_is_asked() -> None:
    laser, nothing = (
        calculate(QueryDict(f"codes={code}"), priced("luebeck-fablab"), now=NOW).form
        for code in ("laser", "room")
    )
    assert {field.name for field in laser.question_fields()} >= {"persons", "fact_inductions"}
    assert nothing.errors


def test_a_doubled_hour_is_asked_for_on_the_clock_of_the_document() -> None:
    typed = "codes=grosser_saal&group=private&purpose=private_event&tag=2026-10-25&von=02:30&bis=06:00"
    form = calculate(QueryDict(typed), priced("borgstedt-doerpshus"), now=NOW).form
    assert "von_mal" in form.errors
