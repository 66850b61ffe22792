"""The ordinance language in public: a page that tells of every field, a schema editors can fetch from anywhere."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator

from booking_core.engines.ordinance import document_to_data, load_document
from booking_core.ordinances.library import library_entries, library_text
from booking_core.ordinances.reference import language_reference
from tests.conftest import MAIN_HOST


@pytest.mark.parametrize(("code", "word"), [("de", "Bedeutung"), ("en", "Meaning")])
def test_the_page_tells_of_every_part_and_field(main_client: Client, code: str, word: str) -> None:
    main_client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    page = main_client.get("/satzungssprache/").content.decode()
    assert word in page
    for idea in language_reference().ideas:
        assert f'id="idee-{idea.id}"' in page
        for part in idea.parts:
            assert f'id="{part.anchor}"' in page
            for field in part.fields:
                assert field.name in page


def test_every_anchor_exists_once_and_is_led_to(main_client: Client) -> None:
    page = main_client.get("/satzungssprache/").content.decode()
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_the_schema_is_found_where_it_says_and_validates_the_library(main_client: Client) -> None:
    answer = main_client.get("/schemas/ordinance-1.json")
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer["Cache-Control"]
    schema = json.loads(answer.content)
    assert schema["$id"] == f"https://{MAIN_HOST}/schemas/ordinance-1.json"
    validator = Draft202012Validator(schema)
    for entry in library_entries():
        data = document_to_data(load_document(library_text(entry.slug)))
        assert [error.message for error in validator.iter_errors(data)] == []


def test_a_schema_that_did_not_change_is_not_sent_again(main_client: Client) -> None:
    tag = main_client.get("/schemas/ordinance-1.json")["ETag"]
    again = main_client.get("/schemas/ordinance-1.json", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_schema_is_only_read(main_client: Client) -> None:
    assert main_client.post("/schemas/ordinance-1.json").status_code == 405


def test_the_front_page_and_the_footer_lead_to_it(main_client: Client) -> None:
    assert main_client.get("/").content.decode().count('href="/satzungssprache/"') == 2
    assert 'href="/satzungssprache/"' in main_client.get("/impressum/").content.decode()
