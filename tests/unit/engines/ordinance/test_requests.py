"""A request from outside is read in the words of a document, or told what is wrong with it."""

import pytest

from booking_core.engines.ordinance import DocumentInvalid, quote
from booking_core.engines.ordinance.requests import request_for
from tests.unit.engines.ordinance.documents import document

DATA = {"resources": ["hall"], "start": "2026-07-18T08:00", "end": "2026-07-18T20:00", "group": "local"}


def test_a_request_in_the_words_of_the_document_is_quoted() -> None:
    chosen = document("nussbaum-halle")
    result = quote(chosen, request_for(chosen.content, {**DATA, "purpose": "family_party"}))
    assert result.total.cents == 12_000


@pytest.mark.parametrize(
    ("wrong", "path", "german"),
    [
        ({"resources": ["hal"]}, "resources[0]", "Meinten Sie hall?"),
        ({"group": "locals"}, "group", "Meinten Sie local?"),
        ({"readings": {"heating": "never"}}, "readings.heating", "Unbekannt: never"),
        ({"facts": {"water": "viel"}}, "facts.water", "mit einer Zahl"),
        ({"end": "2026-07-18T08:00"}, "", "nach dem Anfang"),
    ],
)
def test_names_and_answers_the_document_does_not_know_are_told(
    wrong: dict[str, object], path: str, german: str
) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        request_for(document("nussbaum-halle").content, {**DATA, **wrong})
    (problem,) = caught.value.problems
    assert (problem.path, german in problem.message.de) == (path, True), problem
