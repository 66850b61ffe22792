"""Text that is no YAML, or no text at all, is told with its line in words a clerk understands."""

import pytest

from booking_core.engines.ordinance import DocumentInvalid, load_document
from booking_core.engines.ordinance.positions import decoded
from tests.unit.engines.ordinance.test_loading import GOOD, problems


def test_text_that_is_no_yaml_is_told_with_its_line() -> None:
    (problem,) = problems("format: 1\nname: {de: x\nstate: SH\n")
    assert problem.line >= 2
    assert "YAML" in problem.message.de


@pytest.mark.parametrize(
    ("text", "line", "german"),
    [
        pytest.param("a:\n\tb: 1", 2, "Tabulator", id="tab"),
        pytest.param("a: b: c", 1, "zweiter Doppelpunkt", id="two colons"),
        pytest.param("a:\n  b: 1\n c: 2", 3, "anders eingerückt", id="indentation"),
        pytest.param("- a\nb: 1", 2, "anders eingerückt", id="list and fields"),
        pytest.param("a: [1, 2\nb: 3", 2, "schließende Klammer", id="open bracket"),
        pytest.param("a: [1 2", 1, "schließende Klammer", id="open bracket at the end"),
        pytest.param('a: "x', 1, "Anführungszeichen", id="open quotation mark"),
        pytest.param('a: "\\q"', 1, "besondere Bedeutung", id="backslash"),
        pytest.param("a: 1\n---\nb: 2", 2, "zweites Dokument", id="second document"),
        pytest.param("a: *x", 1, "Verweise", id="alias to nothing"),
        pytest.param("a: @x", 1, "Anführungszeichen", id="at sign"),
        pytest.param("a: 1\nb: \x07", 2, "Steuerzeichen", id="control character"),
        pytest.param("a: 1\na: 2", 2, "zuerst in Zeile 1", id="field twice"),
        pytest.param("? [a, b]\n: c", 1, "ein Name erwartet", id="list as a name"),
        pytest.param("a\nb: 1", 2, "Doppelpunkt", id="no colon"),
        pytest.param("[" * 5_000, 1, "Zu tief", id="brackets without end"),
    ],
)
def test_text_that_is_no_yaml_is_told_in_words(text: str, line: int, german: str) -> None:
    (problem,) = problems(text)
    assert problem.line == line
    assert german in problem.message.de
    assert problem.message.de != problem.message.en


def test_a_file_that_is_too_long_is_not_read() -> None:
    (problem,) = problems("a" * 400_001)
    assert "400000" in problem.message.de


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        decoded(GOOD.replace("Halle", "Häuser").encode("latin-1"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (6, 29)
    assert "UTF-8" in problem.message.de


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert load_document(decoded(GOOD.encode("utf-8-sig"))).municipality == "Musterstadt"
    assert load_document("\ufeff" + GOOD).municipality == "Musterstadt"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n- list\n", "just text"])
def test_what_is_no_document_at_all_is_refused(text: str) -> None:
    assert problems(text)


def test_aliases_are_refused_so_that_a_small_file_cannot_grow() -> None:
    text = GOOD.replace("label: {de: Halle, en: Hall}", "label: &l {de: Halle, en: Hall}").replace(
        "label: {de: Einheimische, en: Residents}", "label: *l"
    )
    (problem,) = problems(text)
    assert "Verweise" in problem.message.de


def test_deep_nesting_is_refused() -> None:
    assert problems("a: " + "[" * 60 + "]" * 60)
