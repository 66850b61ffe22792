"""Words as people type them."""

import pytest

from booking_core.engines.words import WordIndex, faults_within, fold

TEXTS = {
    1: "Großer Saal im Bürgerhaus mit Küche und Bühne",
    2: "Mehrzweckturnhalle Nord, Duschen, stufenlos erreichbar",
    3: "80 Stühle, Stapelstuhl aus Holz",
    4: "Straßenfest-Anhänger für Vereine",
    5: "Besprechungsraum mit Beamer",
}
INDEX = WordIndex(TEXTS.items())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Grosser Sal", {1}),
        ("großer saal", {1}),
        ("GROSSER SAAL", {1}),
        ("Buergerhaus", {1}),
        ("burgerhaus", {1}),
        ("kueche", {1}),
        ("Küchen", {1}),
        ("Bürgehaus", {1}),  # a letter missing
        ("Bügrerhaus", {1}),  # two letters swapped
        ("turnhalle", {2}),  # a part of a compound
        ("turnhale", {2}),
        ("Tunrhalle", {2}),
        ("Stuhl", {3}),
        ("stuehle", {3}),
        ("Strassenfest", {4}),
        ("straßenfest", {4}),
        ("beamer", {5}),
        ("Beamr", {5}),
        ("Raum mit Beamer für unseren Verein", set()),  # every word that says something must be there
        ("ein Saal mit Küche", {1}),
        ("Hubschrauber", set()),
        ("xyz", set()),
    ],
)
def test_a_question_finds(question: str, expected: set[int]) -> None:
    assert INDEX.matching(question) == expected


@pytest.mark.parametrize("question", ["", "   ", "mit der", "–!?"])
def test_a_question_that_says_nothing_is_none(question: str) -> None:
    assert INDEX.matching(question) is None


def test_near_misses_are_looked_for_only_where_nothing_is_exact() -> None:
    index = WordIndex([(1, "Halle"), (2, "Hafen"), (3, "Hallo")])
    assert index.matching("halle") == {1}
    assert index.matching("hallo") == {3}
    assert index.matching("hafen") == {2}


def test_short_words_are_taken_as_typed() -> None:
    assert WordIndex([(1, "Bar"), (2, "Bau")]).matching("bar") == {1}


def test_what_was_asked_is_forgotten_before_it_fills_the_memory() -> None:
    index = WordIndex([(1, "Saal")])
    for number in range(2_500):
        index.matching(f"wort{number}")
    assert len(index._asked) <= 1_000


def test_folding_is_the_same_both_ways() -> None:
    for text in ("Düsseldorf", "Gießen", "Café", "İstanbul", "ﬁnden", "Ÿ"):
        assert fold(fold(text)) == fold(text)


def test_two_faults_are_forgiven_in_long_words_only() -> None:
    assert faults_within("mehrzwekhale", "mehrzweckhalle", most=2)
    assert not faults_within("sal", "garten", most=1)
