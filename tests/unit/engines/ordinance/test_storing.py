"""A quote survives its JSON form to the cent and the word."""

import json
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import (
    DocumentInvalid,
    document_from_data,
    document_to_data,
    quote,
    quote_from_data,
    quote_to_data,
)
from booking_core.engines.ordinance.requests import request_of
from tests.unit.engines.ordinance.documents import PATHS, document


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_a_quote_survives_its_json_form(name: str) -> None:
    for example in document(name).content.examples:
        for readings in [{}, *(expected.reading for expected in example.readings)]:
            result = quote(
                document(name), request_of(example, ZoneInfo(document(name).content.zone), readings)
            )
            assert quote_from_data(json.loads(json.dumps(quote_to_data(result)))) == result


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        quote_from_data({"format": 2})


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_a_stored_version_gives_the_stored_figures_years_later(name: str) -> None:
    """Both as a town keeps them: version and quote as JSON; nothing else goes into a price, no clock either."""
    kept = document_from_data(json.loads(json.dumps(document_to_data(document(name)))))
    zone = ZoneInfo(document(name).content.zone)
    for example in document(name).content.examples:
        for readings in [{}, *(expected.reading for expected in example.readings)]:
            stored = json.dumps(quote_to_data(quote(document(name), request_of(example, zone, readings))))
            again = quote(kept, request_of(example, zone, readings))
            assert again == quote_from_data(json.loads(stored))


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_document_of_another_language_version_is_refused_with_the_one_known(version: object) -> None:
    data = {**document_to_data(document("nussbaum-halle")), "format": version}
    with pytest.raises(DocumentInvalid) as caught:
        document_from_data(data)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message.de) == ("format", "Hier wird eines davon erwartet: 1.")
