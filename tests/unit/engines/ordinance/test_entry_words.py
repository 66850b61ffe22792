"""Every entry of every document can be said in words, in German and in English."""

import pytest

from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.field_words import FIELDS
from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.references import NAMED_LISTS, RULE_LISTS
from tests.unit.engines.ordinance.documents import PATHS, document


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_every_field_has_a_name_and_says_something(name: str) -> None:
    content = document(name).content
    words = EntryWords(content)
    for listed in (*NAMED_LISTS, *RULE_LISTS):
        for entry in getattr(content, listed):
            assert words.name(entry).de
            for said in words.fields(entry):
                assert said.field in FIELDS, (listed, entry.id, said.field)
                value = getattr(entry, said.field, None)
                if value not in (None, "", (), {}):
                    assert said.text.de, (listed, entry.id, said.field)
                    assert said.text.en, (listed, entry.id, said.field)


def test_a_condition_says_everything_it_asks_for() -> None:
    words = EntryWords(document("nussbaum-halle").content).conditions
    when = When.model_validate(
        {
            "uses": "hall", "group": ["local", "outside"], "season": {"from": "10-01", "to": "03-31"},
            "reading": {"heating": "per_use"}, "none_of": [{"purpose": "storage"}], "persons": {"over": 50},
            "starts": {"from": "08:00", "to": "12:30"}, "holiday": False, "lead": {"at_least": {"weeks": 2}},
            "quota": {"count": "days", "per": "year", "max": 3}, "values": [{"of": "week", "min": 2}],
        }
    )  # fmt: skip
    german = words.condition(when).de
    for part in (
        "nutzt: Große Halle", "Gruppe: Einheimische oder Auswärtige", "vom 01.10. bis 31.03.",
        "Lesart: einmal je Nutzung", "nicht: Zweck: Lagerung", "über 50 Personen", "Beginn von 08:00 bis 12:30 Uhr",
        "kein Feiertag", "Anfrage: mindestens 2 Wochen vorher", "bis 3 Tage im Jahr", "Woche: ab 2",
    ):  # fmt: skip
        assert part in german
