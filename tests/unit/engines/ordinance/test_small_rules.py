"""Bounds, deposits, cancellations, clocks and words in the smallest documents that show them, both sides of each edge.

Each was written for a fault that no other test noticed. Not here: the rest of the small print (``test_small_print``).
"""

from decimal import Decimal

import pytest

from booking_core.engines.ordinance import DocumentInvalid, check, document_to_data, load_document
from booking_core.engines.ordinance.editing import AddEntry, Address
from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.positions import MAX_CHARACTERS
from booking_core.engines.ordinance.yaml_faults import fault_in_words
from booking_core.kernel.money import Money
from tests.unit.engines.ordinance.test_small_print import MILL, asked, mill

CAPS = """\
caps:
  - {id: least, label: {de: Mindestens, en: At least}, when: {resource: shed}, of: rates, minimum: {amount: 21}}
  - {id: most, label: {de: Höchstens, en: At most}, when: {resource: hall}, of: rates, maximum: {amount: 90}}
"""
CANCELLING = """\
cancellation:
  - {id: early, label: {de: Früh, en: Early}, when: {notice: {at_least: {weeks: 4}}}, price: 0}
  - {id: late, label: {de: Spät, en: Late}, when: {notice: {less_than: {weeks: 4}}}, price: {of: all, percent: 40}}
"""


@pytest.mark.parametrize(("hours", "due"), [(2, 21_00), (3, 21_00), (4, 28_00)])
def test_a_least_amount_raises_only_what_lies_below_it(hours: int, due: int) -> None:
    document = load_document(MILL + CAPS)
    found = asked(document, resources=["shed"], end=f"2026-09-12T{18 + hours}:00", facts={"parking": 0})
    assert found.total == Money(due)


def test_a_greatest_amount_lowers_only_what_lies_above_it() -> None:
    assert asked(load_document(MILL + CAPS), facts={"parking": 0}).total == Money(90_00)
    roomy = load_document(MILL + CAPS.replace("amount: 90", "amount: 100"))
    assert [line.rule for line in asked(roomy, facts={"parking": 0}).lines] == ["hall_rate"]


def test_caps_of_the_same_lines_need_an_order_others_do_not() -> None:
    assert check(load_document(MILL + CAPS)).problems == ()
    same = load_document(MILL + CAPS.replace("when: {resource: hall}", "when: {resource: shed}"))
    assert len(check(same).problems) == 1


@pytest.mark.parametrize(
    ("resources", "is_set_off"), [(["hall"], True), (["shed"], False), (["hall", "shed"], True)]
)
def test_one_deposit_that_is_set_off_is_enough(resources: list[str], is_set_off: bool) -> None:
    document = mill(("price: 200}", "price: 200, set_off: true}"))
    assert asked(document, resources=resources).deposit_set_off is is_set_off


@pytest.mark.parametrize(("on", "due", "other"), [("2026-08-01", 0, "late"), ("2026-09-01", 42_40, "early")])
def test_what_cancelling_costs_and_which_step_did_not_apply(on: str, due: int, other: str) -> None:
    found = asked(load_document(MILL + CANCELLING), cancelled_at=f"{on}T12:00")
    assert found.total == Money(due)
    assert [
        step.rule for step in found.derivation if step.rule in {"early", "late"} and not step.applied
    ] == [other]


@pytest.mark.parametrize(("measure", "days"), [("day_24h", 2), ("{count: days_24h, round: exact}", 2)])
def test_stretches_of_24_hours_are_counted_when_begun(measure: str, days: int) -> None:
    document = mill(("measure: started_hour, price: 7, unit: block", f"measure: {measure}, price: 7"))
    found = asked(document, resources=["shed"], end="2026-09-14T06:00", facts={"parking": 0})
    assert [line.quantity for line in found.lines] == [Decimal(days)]


def test_a_season_is_told_by_its_days() -> None:
    document = mill(
        (
            "when: {resource: hall}\n    measure",
            "when: {resource: hall, season: {from: 06-15, to: 08-31}}\n    measure",
        )
    )
    (step,) = (one for one in asked(document).derivation if one.rule == "hall_rate")
    assert "15.06. bis 31.08." in step.text.de
    assert "06-15 to 08-31" in step.text.en


def test_the_editor_tells_where_a_price_comes_from() -> None:
    content = mill(("price: 200}", "price: {fact: parking, percent: 50, round_to: 5}}")).content
    words, (deposit, other) = EntryWords(content), content.deposit
    told = {one.field: one.text for one in words.fields(deposit)}["price"]
    assert told.de == "50 %, Betrag aus „Parkplätze“, gerundet auf 5,00 €"
    assert told.en == "50 %, amount from “Parking”, rounded to €5.00"
    assert words.name(other).de == "Kaution"


def test_a_document_that_is_too_long_is_told_from_its_first_character() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        load_document("#" * (MAX_CHARACTERS + 1))
    assert [(one.line, one.column) for one in caught.value.problems] == [(1, 1)]
    with pytest.raises(DocumentInvalid):
        load_document("#" * MAX_CHARACTERS)  # long enough to be read: then it is empty


def test_a_field_nobody_knows_is_named_by_its_own_path() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        mill(("price: 7, unit: block", "pirce: 7, unit: block"))
    assert any(one.path.endswith("pirce") for one in caught.value.problems)


def test_each_fault_of_the_text_has_its_own_sentence() -> None:
    tab = fault_in_words("found character '\\t' that cannot start any token")
    assert "tab" in tab.en
    assert fault_in_words("tag") != tab
    assert fault_in_words("no such problem") not in (tab, fault_in_words("tag"))


def test_an_entry_is_added_to_the_list_it_belongs_to() -> None:
    data = document_to_data(mill())
    outer = AddEntry("units", {"id": "bale"}).apply(data)
    assert [one["id"] for one in outer["units"]] == ["block", "bale"]
    inner = AddEntry("steps", {"price": 1}, within=Address("rates", "hall_rate")).apply(data)
    assert [len(rate.get("steps") or ()) for rate in inner["rates"]] == [3, 0]
    assert "steps" not in inner
