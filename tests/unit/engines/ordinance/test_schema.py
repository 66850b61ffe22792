"""Documents survive their JSON form and meet the published schema, which explains every field."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from booking_core.engines.ordinance import document_from_data, document_to_data, quote, schema
from booking_core.engines.ordinance.requests import request_of
from tests.unit.engines.ordinance.documents import PATHS, document

NAMES = [path.stem for path in PATHS]
VALIDATOR = Draft202012Validator(schema())


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
    errors = list(VALIDATOR.iter_errors(document_to_data(document(name))))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_every_document_meets_it_as_it_is_written(path: Path) -> None:
    """Words for measures, plain numbers for prices, one value without its list: an editor must not mark them."""
    written = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    errors = list(VALIDATOR.iter_errors(json.loads(json.dumps(written, default=str))))
    assert [f"{list(error.path)}: {error.message[:80]}" for error in errors] == []


def test_what_no_editor_may_let_pass() -> None:
    written = document_to_data(document("nussbaum-halle"))
    written["rates"][0]["measure"] = "hours"
    assert not VALIDATOR.is_valid(written)


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
