"""A quote survives its JSON form to the cent and the word."""

import json
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import quote, quote_from_data, quote_to_data
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
