"""What people are told: the price table, why a price, which rules did not apply and why."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import Quote, QuoteRequest, price_table, quote
from booking_core.engines.ordinance.requests import request_of
from booking_core.kernel.spans import Span
from tests.unit.engines.ordinance.documents import PATHS, document

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = [path.stem for path in PATHS]


def _quote(name: str, example: str) -> Quote:
    chosen = next(one for one in document(name).content.examples if one.id == example)
    return quote(document(name), request_of(chosen, BERLIN))


def test_a_line_tells_quantity_price_rule_and_where_it_stands() -> None:
    (line,) = _quote("borgstedt-doerpshus", "birthday_one_day").lines
    assert line.label.de == "Großer Saal"
    assert line.paragraph == "Gebühren je Raum"
    assert line.explanation.de.startswith(
        "1 (Übergabezeitraum) × 90,00 €. Regel: 90,00 € je Übergabezeitraum"
    )
    assert "Gruppe: Private" in line.explanation.de
    assert "€90.00 per handover period" in line.explanation.en


def test_the_lines_of_a_stepped_extra_name_the_extra() -> None:
    labels = [line.label.de for line in _quote("friedrichshafen-rotach", "gala_eight_hours").lines]
    assert "Bühne: erste 4 Stunden" in labels
    assert "Bühne: weitere angefangene Stunden" in labels


def test_rules_that_did_not_apply_are_told_with_the_reason() -> None:
    told = {step.rule: step for step in _quote("nussbaum-halle", "local_family_summer").derivation}
    assert not told["heating_hall_per_use"].applied
    assert told["heating_hall_per_use"].text.de == (
        "„Heizkostenpauschale Große Halle“ gilt nicht: andere Jahreszeit (verlangt: 01.10. bis 31.03.)."
    )
    assert told["heating_hall_per_day"].text.en == (
        "“Heating flat large hall” does not apply: another reading chosen (asks for: per day)."
    )
    assert told["storage"].text.de.endswith("gilt nicht: anderer Zweck (verlangt: Lagerung).")
    assert (
        told["all_rooms_by_day"].text.de == "„Preis (Alle Räume)“ gilt nicht: keine Zeile der Tabelle passt."
    )
    assert told["cleaning_hall"].applied
    assert told["cleaning_hall"].text.de.startswith("Reinigungspauschale Große Halle: 25,00 € einmalig")


def test_a_better_rule_is_named_as_the_reason() -> None:
    told = {step.rule: step for step in _quote("makerspace", "card_covers_a_part").derivation}
    assert told["cutter"].text.de.endswith("gilt nicht: eine genauere Regel geht vor.")


def test_a_rule_that_was_broken_says_so() -> None:
    told = {step.rule: step for step in _quote("bessenbach-grillplatz", "thirty_hours").derivation}
    assert told["at_most_a_day"].text.en == "Not kept: The place is let for at most 24 hours."


def test_a_rule_that_was_kept_says_so() -> None:
    told = {step.rule: step for step in _quote("kiel-schul-sportraeume", "hall_four_weeks_met").derivation}
    assert told["until_ten"].text.de == "Eingehalten: Die Nutzung endet um 22 Uhr."
    assert told["hall_cleaning"].text.en.startswith("Please note: ")


@pytest.mark.parametrize("name", NAMES)
def test_no_step_is_told_by_the_id_of_its_rule(name: str) -> None:
    for example in document(name).content.examples:
        for step in quote(document(name), request_of(example, BERLIN)).derivation:
            assert "_" not in step.text.de.replace("this_resource", "")
            assert step.text.de[0] != ":"


@pytest.mark.parametrize("name", NAMES)
def test_the_derivation_tells_of_every_rule_that_makes_a_price(name: str) -> None:
    content = document(name).content
    rules = {rule.id for rule in (*content.rates, *content.addons, *content.exemptions, *content.adjustments)}
    for example in content.examples:
        result = quote(document(name), request_of(example, BERLIN))
        told = {step.rule for step in result.derivation}
        factors = {rule.id for rule in content.adjustments if rule.show == "factor"}
        is_exempt = any(line.kind == "exemption" for line in result.lines)
        expected = rules - factors - ({rule.id for rule in content.rates} if is_exempt else set())
        assert expected <= told


def test_a_refusal_tells_the_sentence_the_paragraph_and_the_field() -> None:
    (reason,) = _quote("bessenbach-grillplatz", "thirty_hours").reasons
    assert reason.text.de == "Der Grillplatz wird für höchstens 24 Stunden überlassen."
    assert (reason.rule, reason.code, reason.paragraph, reason.field) == (
        "at_most_a_day",
        "duration",
        "Nr. 2",
        "end",
    )


def test_silence_names_the_resource_without_a_price() -> None:
    (reason,) = _quote("nussbaum-halle", "outside_funeral").reasons
    assert reason.text.de.startswith("Die Satzung nennt hierfür keinen Preis: Große Halle.")


def test_a_missing_answer_names_its_field() -> None:
    request = QuoteRequest(
        resources=("stand",),
        spans=(Span(datetime(2026, 9, 12, 7, tzinfo=BERLIN), datetime(2026, 9, 12, 9, tzinfo=BERLIN)),),
        zone=BERLIN,
    )
    (reason,) = quote(document("stands"), request).reasons
    assert (reason.code, reason.field) == ("missing_input", "facts.front")


def test_what_the_document_does_not_know_needs_a_decision() -> None:
    request = QuoteRequest(
        resources=("castle",),
        spans=(Span(datetime(2026, 9, 12, 7, tzinfo=BERLIN), datetime(2026, 9, 12, 9, tzinfo=BERLIN)),),
        zone=BERLIN,
        group="martians",
        extras={"dragon": Decimal(1)},
    )
    codes = [reason.code for reason in quote(document("nussbaum-halle"), request).reasons]
    assert codes == ["silent", "unknown_extra"]


def _rows(name: str, resource: str) -> set[tuple[str, str, str]]:
    return {
        (row.group.label.de if row.group else "", row.purpose.label.de if row.purpose else "", row.price.de)
        for row in price_table(document(name), resource)
    }


def test_the_price_table_shows_group_purpose_and_price() -> None:
    rows = _rows("nussbaum-halle", "hall")
    assert ("Einheimische", "Familienfeier", "95,00 € je Tag") in rows
    assert ("Auswärtige", "Lagerung", "15,00 € einmalig") in rows
    assert ("Ortsvereine", "Training oder Probe", "gebührenfrei") in rows
    assert not any(price.startswith("220") for _, _, price in rows)


def test_the_price_table_shows_only_readings_in_force() -> None:
    rules = {row.rule for row in price_table(document("borgstedt-doerpshus"), "grosser_saal")}
    assert rules == {"room_rates", "by_the_hour", "local_org_free"}


@pytest.mark.parametrize("name", NAMES)
def test_every_priced_resource_has_rows_in_both_languages(name: str) -> None:
    for resource in document(name).resources:
        for row in price_table(document(name), resource.id):
            assert row.price.de
            assert row.price.en
            assert "{" not in row.price.de


@pytest.mark.parametrize("name", NAMES)
def test_rules_of_use_are_told_in_both_languages(name: str) -> None:
    for rule in document(name).rules_in_words:
        assert rule.text.de
        assert rule.text.en


def test_a_span_is_needed() -> None:
    with pytest.raises(ValueError, match="span"):
        quote(document("nussbaum-halle"), QuoteRequest(resources=("hall",), spans=(), zone=BERLIN))
