"""Small print that a fault could change unnoticed: each test was written for a fault no other one noticed.

Not here: whole ordinances (``test_examples``, ``test_worked_bookings``), properties (``test_properties``).
"""

from decimal import Decimal
from typing import Any

import pytest

from booking_core.engines.ordinance import (
    Document,
    DocumentInvalid,
    Outcome,
    Quote,
    compare,
    document_from_data,
    document_to_data,
    load_document,
    price_table,
    quote,
)
from booking_core.engines.ordinance.adding_up import added_up
from booking_core.engines.ordinance.requests import request_for
from booking_core.engines.ordinance.worked import expected_data
from booking_core.kernel.money import Money

MILL = """\
format: 1
name: {de: Mühle, en: Mill}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Saal, en: Hall}, kind: hall}
  - {id: shed, label: {de: Schuppen, en: Shed}, kind: room}
groups:
  - {id: local, label: {de: Einheimische, en: Residents}}
  - {id: guest, label: {de: Auswärtige, en: Guests}}
purposes:
  - {id: feast, label: {de: Feier, en: Feast}}
facts:
  - {id: charity, label: {de: Wohltätig, en: Charity}}
  - {id: insured, label: {de: Versichert, en: Insured}}
  - {id: parking, label: {de: Parkplätze, en: Parking}, kind: number, default: 2}
  - {id: kwh, label: {de: Strom, en: Power}, kind: number, after_use: true}
rates:
  - id: hall_rate
    when: {resource: hall}
    measure: person
    steps:
      - {up_to: 50, price: 100}
      - {up_to: 100, price: 160}
  - {id: shed_rate, when: {resource: shed}, measure: started_hour, price: 7, unit: block}
units:
  - {id: block, label: {de: Block, en: block}}
addons:
  - {id: parking, label: {de: Parken, en: Parking}, measure: {fact: parking}, price: 3}
  - {id: power, label: {de: Strom, en: Power}, measure: {measured: kwh}, price: 0.40}
exemptions:
  - id: shed_free
    label: {de: Frei, en: Free}
    when: {resource: shed, group: guest, facts: {charity: true}}
    of: rates
deposit:
  - {id: hall_deposit, label: {de: Kaution, en: Deposit}, when: {resource: hall}, price: 200}
  - {id: shed_deposit, label: {de: Kaution, en: Deposit}, when: {resource: shed}, unpublished: true}
limits:
  - id: proof
    when: {group: guest}
    require: {facts: {insured: true}}
    text: {de: Nur mit Versicherung., en: Only with insurance.}
"""
FEAST = {
    "resources": ["hall"], "start": "2026-09-12T18:00", "end": "2026-09-12T23:00", "group": "local",
    "purpose": "feast", "persons": 40,
}  # fmt: skip


def mill(*changes: tuple[str, str]) -> Document:
    text = MILL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_document(text, source="mill.yaml")


def asked(document: Document, **also: Any) -> Quote:
    return quote(document, request_for(document.content, FEAST | also))


def test_what_the_document_answers_itself_is_asked_of_nobody_and_nothing_else_is_answered() -> None:
    assert asked(mill()).total == Money(106_00), "two places by default"
    assert asked(mill(), facts={"parking": 0}).total == Money(100_00)
    guest = asked(mill(), group="guest")
    assert guest.outcome is Outcome.NEEDS_DECISION, "whether they are insured is not known"
    assert asked(mill(), group="guest", facts={"insured": False}).outcome is Outcome.REFUSED


def test_heads_are_one_step_for_all_dates_of_a_series() -> None:
    series = {"every": "week", "dates": 3}
    assert [line.amount for line in asked(mill(), series=series).lines if line.rule == "hall_rate"] == [
        Money(100_00)
    ]


def test_a_deposit_that_is_not_published_is_not_known_but_the_other_one_is_due() -> None:
    both = asked(mill(), resources=["hall", "shed"])
    assert (both.deposit, both.deposit_known) == (Money(200_00), False)
    assert asked(mill()).deposit_known


def test_several_bookings_add_up_to_the_gravest_outcome_and_the_highest_deposit() -> None:
    hall, shed = asked(mill()), asked(mill(), resources=["shed"], facts={"parking": 0})
    refused = asked(mill(), group="guest", facts={"insured": False})
    whole = added_up([hall, shed])
    assert (whole.total, whole.deposit, whole.deposit_known) == (Money(141_00), Money(200_00), False)
    assert whole.lines == (*hall.lines, *shed.lines)
    assert added_up([hall]) is hall
    assert added_up([hall, refused]).outcome is Outcome.REFUSED


def test_an_expectation_names_the_sum_after_use_only_where_something_is_settled() -> None:
    document = mill()
    assert "total_after_settlement" not in expected_data(document, asked(document))
    after = expected_data(document, asked(document, measured={"kwh": 10}))
    assert (after["total"], after["total_after_settlement"]) == ("106.00", "110.00")


def test_who_is_exempt_stands_in_the_table_of_that_resource_only() -> None:
    document = mill()
    shed = {row.rule: row for row in price_table(document, "shed")}
    assert "shed_free" in shed
    assert shed["shed_free"].note.de == "Wohltätig ja"
    assert "Block" in shed["shed_rate"].price.de
    assert {row.rule for row in price_table(document, "hall")} == {"hall_rate"}


def test_a_rate_without_a_label_is_told_by_what_it_prices() -> None:
    steps = {step.rule: step.text.de for step in asked(mill()).derivation}
    assert "Saal" in steps["hall_rate"]
    assert "Parken" in steps["parking"]


def test_what_changes_is_told_with_both_values() -> None:
    (change,) = compare(mill(), mill(("default: 2", "default: 3")))
    assert ["2" in one.de for one in change.before] == [True]
    assert ["3" in one.de for one in change.after] == [True]


def test_a_request_that_is_wrong_is_told_from_its_first_character() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        request_for(mill().content, {"resources": ["hall"], "start": "gestern"})
    assert {(one.line, one.column) for one in caught.value.problems} == {(1, 1)}


@pytest.mark.parametrize(("percent", "due"), [("100", 100_00), ("101", 101_00), ("50", 50_00)])
def test_a_share_is_taken_of_the_whole(percent: str, due: int) -> None:
    share = f"price: {{of: rates, percent: {percent}}}"
    assert asked(mill(("price: 200", share))).deposit == Money(due)


@pytest.mark.parametrize(
    ("measure", "quantity", "told"),
    [
        ("{count: hours, step: 0.5, round: up}", 10, "7,00 € je angefangene 30 Minuten"),
        ("{count: hours, step: 4, round: up}", 2, "7,00 € je angefangene 4 Stunden"),
        ("{count: minutes, step: 45}", Decimal(300) / 45, "7,00 € je 45 Minuten"),
        ("hour", 5, "7,00 € je Stunde"),
    ],
)
def test_a_price_of_a_step_is_not_told_as_one_of_an_hour(measure: str, quantity: int, told: str) -> None:
    """Seen red before ``words`` knew steps: the page promised 7 euro an hour and charged them for each half."""
    document = mill(("measure: started_hour, price: 7, unit: block", f"measure: {measure}, price: 7"))
    (line,) = (one for one in asked(document, resources=["shed"]).lines if one.rule == "shed_rate")
    assert round(line.quantity, 3) == round(Decimal(quantity), 3)
    assert [row.price.de for row in price_table(document, "shed") if row.rule == "shed_rate"] == [told]


def test_a_stored_rule_is_the_rule() -> None:
    assert document_from_data(document_to_data(mill())) == mill()
