"""Whatever somebody writes, the loader answers with a document or with sentences; nothing else comes out, nor late."""

import copy
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_core.engines.ordinance import (
    Document,
    DocumentInvalid,
    check,
    document_from_data,
    document_to_data,
    load_document,
)
from booking_core.engines.ordinance.positions import decoded
from tests.unit.engines.ordinance.documents import PATHS, document

NAMES = [path.stem for path in PATHS]
TEXTS = {path.stem: path.read_text("utf-8") for path in PATHS}
Path = tuple[Any, ...]
JUNK: list[Any] = [
    None, True, False, 0, -1, 1, 7.5, 1e300, 10**60, "", " ", "x", "nan", "1e999999", "12,50", "{resource}", "9" * 50,
    "2026-13-45", "2026-09-12T11:00Z", "25:00", "02-30", "day", "rates", "silent", "this_resource", [], {}, [[]],
    [{}], ["x"], {"x": 1}, {"de": "x"}, {"count": "days"}, {"min": 3, "max": 1}, {"of": "all"}, {"sum": ["hour"]},
    {"any_of": [{}]}, {"none_of": [{}]}, {"over": 2},
]  # fmt: skip
SCRAPS = [
    *(
        "\t",
        "\n",
        "  ",
        ":",
        "- ",
        "{",
        "[",
        "]",
        "&a ",
        "*a",
        "!!int ",
        "'",
        '"',
        "#",
        "---\n",
        "%YAML 1.1\n",
        "\x00",
    ),
    *("\ufeff", "? ", "<<: ", "|\n", ">\n", "@", "`", "\x85", "[" * 2_000),
]


def _paths(value: object, path: Path = ()) -> list[Path]:
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found.extend(_paths(inner, (*path, key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found.extend(_paths(inner, (*path, index)))
    return found


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def mutated_data(draw: st.DrawFn) -> Any:
    """The data of a real document with one to three things replaced, removed, doubled, renamed or moved."""
    data: Any = copy.deepcopy(document_to_data(document(draw(st.sampled_from(NAMES)))))
    for _ in range(draw(st.integers(1, 3))):
        paths = _paths(data)[1:]
        path = draw(st.sampled_from(paths))
        around, last = _at(data, path[:-1]), path[-1]
        deed = draw(st.sampled_from(["junk", "junk", "remove", "double", "rename", "transplant"]))
        if deed == "junk":
            around[last] = copy.deepcopy(draw(st.sampled_from(JUNK)))
        elif deed == "remove":
            del around[last]
        elif deed == "double" and isinstance(around, list):
            around.append(copy.deepcopy(around[last]))
        elif deed == "rename" and isinstance(around, dict):
            around[draw(st.sampled_from(["x", "when", "price", "cells", "of", "", "resource"]))] = around.pop(
                last
            )
        else:
            around[last] = copy.deepcopy(_at(data, draw(st.sampled_from(paths))))
    return data


@st.composite
def mutated_text(draw: st.DrawFn) -> str:
    """The text of a real document with characters or lines lost, doubled, moved or put in."""
    text = TEXTS[draw(st.sampled_from(NAMES))]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        length = draw(st.integers(0, 30))
        put = draw(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=5)))
        text = text[:start] + put + text[start + length :]
    return text


def _answers_in_sentences(load: Callable[[], Document]) -> None:
    try:
        loaded = load()
    except DocumentInvalid as invalid:
        assert invalid.problems
        for problem in invalid.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message.de.endswith((".", "?"))
            assert problem.message.en.endswith((".", "?"))
            assert "passt hier nicht (" not in problem.message.de, problem  # a finding nobody put into words
        return
    check(loaded)


@given(mutated_data())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_data_that_was_tampered_with_loads_or_is_told(data: Any) -> None:
    _answers_in_sentences(lambda: document_from_data(data))


@given(mutated_text())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_text_that_was_tampered_with_loads_or_is_told(text: str) -> None:
    _answers_in_sentences(lambda: load_document(text))


@pytest.mark.slow
@given(st.one_of(mutated_data(), mutated_text()))
@settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_thousands_of_tampered_documents_load_or_are_told(given: Any) -> None:
    _answers_in_sentences(
        lambda: load_document(given) if isinstance(given, str) else document_from_data(given)
    )


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_text_or_are_told(raw: bytes) -> None:
    try:
        _answers_in_sentences(lambda: load_document(decoded(raw)))
    except DocumentInvalid as invalid:
        assert "UTF-8" in invalid.problems[0].message.de


HEAD = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
"""


def _many(count: int) -> str:
    resources = "".join(
        f"  - {{id: r{n}, label: {{de: R, en: R}}, kind: room, part_of: r{max(0, n - 1)}}}\n"
        for n in range(count)
    )
    cells = "".join(f"      - {{resource: r{n}, price: {n}}}\n" for n in range(count))
    return f"{HEAD}resources:\n{resources}rates:\n  - id: rent\n    cells:\n{cells}"


def _work(run: Callable[[], object]) -> int:
    """How much Python does: calls of functions, which no busy machine changes."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        run()
    except DocumentInvalid:
        pass
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "text_of",
    [
        pytest.param(_many, id="resources inside each other"),
        pytest.param(lambda count: _many(count).replace("price: ", "prize: "), id="as many mistakes"),
        pytest.param(lambda count: HEAD + "x: &a [" + "*a, " * count + "]", id="aliases"),
    ],
)
def test_twice_as_long_takes_about_twice_the_work(text_of: Callable[[int], str]) -> None:
    small, large = (_work(partial(load_document, text_of(count))) for count in (100, 200))
    assert large < 3 * small
