"""Documents survive their JSON form and meet the published schema, which explains every field."""

import json
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from booking_core.engines.ordinance import document_from_data, document_to_data, quote, schema
from booking_core.engines.ordinance.requests import request_of
from tests.unit.engines.ordinance.documents import PATHS, document

NAMES = [path.stem for path in PATHS]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_survives_its_json_form(name: str) -> None:
    original = document(name)
    again = document_from_data(json.loads(json.dumps(document_to_data(original))))
    assert again == original
    for example in original.content.examples:
        request = request_of(example, ZoneInfo("Europe/Berlin"))
        assert quote(again, request) == quote(original, request)


@pytest.mark.parametrize("name", NAMES)
def test_every_document_meets_the_published_schema(name: str) -> None:
    errors = list(Draft202012Validator(schema()).iter_errors(document_to_data(document(name))))
    assert [error.message for error in errors] == []


def test_the_schema_explains_every_field() -> None:
    definitions = schema()["$defs"]
    assert isinstance(definitions, dict)
    undescribed = [
        f"{name}.{field}"
        for name, definition in definitions.items()
        for field, entry in definition.get("properties", {}).items()
        if "description" not in entry
    ]
    assert undescribed == []
