"""Payment references: known check digits, and every typing error of one sign or two neighbours is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.payment_reference import (
    Scheme,
    is_creditor_identifier,
    is_valid_reference,
    make_reference,
)

CHECKED = (Scheme.RF, Scheme.MOD97, Scheme.MOD10)


@pytest.mark.parametrize(
    ("scheme", "prefix", "year", "number", "reference"),
    [
        (Scheme.RF, "BK", 2026, 17, "RF10BK2026000017"),
        (Scheme.RF, "", 2026, 1, "RF422026000001"),
        (Scheme.MOD97, "", 2026, 17, "202600001765"),
        (Scheme.MOD97, "7", 2026, 999_999, "7202699999976"),
        (Scheme.MOD10, "", 2026, 17, "20260000177"),
        (Scheme.MOD10, "BK", 2026, 17, "BK20260000172"),
        (Scheme.PLAIN, "BK", 2026, 17, "BK2026000017"),
    ],
)
def test_known_references(scheme: Scheme, prefix: str, year: int, number: int, reference: str) -> None:
    assert make_reference(scheme, prefix=prefix, year=year, number=number) == reference
    assert is_valid_reference(scheme, reference)


@pytest.mark.parametrize("known", ["RF18539007547034", "RF45G72UUR", "rf18 5390 0754 7034"])
def test_references_of_others_by_iso_11649_are_valid(known: str) -> None:
    assert is_valid_reference(Scheme.RF, known)


@pytest.mark.parametrize("known", ["4111111111111111", "79927398713", "4111-1111 1111 1111"])
def test_numbers_by_luhn_are_valid(known: str) -> None:
    assert is_valid_reference(Scheme.MOD10, known)


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        (Scheme.RF, ""), (Scheme.RF, "RF18"), (Scheme.RF, "RF19539007547034"), (Scheme.RF, "18539007547034"),
        (Scheme.RF, "RF10" + "1" * 22), (Scheme.MOD97, ""), (Scheme.MOD97, "38"), (Scheme.MOD97, "202600001766"),
        (Scheme.MOD10, ""), (Scheme.MOD10, "0"), (Scheme.MOD10, "4111111111111112"), (Scheme.PLAIN, " - "),
    ],
)  # fmt: skip
def test_what_is_none_is_noticed(scheme: Scheme, text: str) -> None:
    assert not is_valid_reference(scheme, text)


def test_a_reference_longer_than_iso_11649_allows_is_none_though_its_digits_are_right() -> None:
    assert is_valid_reference(Scheme.RF, "RF48" + "1" * 21)
    assert not is_valid_reference(Scheme.RF, "RF29" + "1" * 22)


def test_a_plain_reference_has_no_check_digits() -> None:
    assert is_valid_reference(Scheme.PLAIN, "BK 2026 000017")


@pytest.mark.parametrize("prefix", ["bk", "BK-1", "ABCDEFGHI", "Ä"])
def test_a_prefix_banks_would_not_take_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="at most eight capital letters and digits"):
        make_reference(Scheme.RF, prefix=prefix, year=2026, number=1)


def test_the_longest_prefix_fits() -> None:
    reference = make_reference(Scheme.RF, prefix="ABCDEFGH", year=2026, number=999_999)
    assert len(reference) == 22
    assert is_valid_reference(Scheme.RF, reference)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("DE98ZZZ09999999999", True, id="the Bundesbank's own example"),
        pytest.param("DE98ABC09999999999", True, id="the code of the creditor's branch is not checked"),
        pytest.param("DE97ZZZ09999999999", False, id="wrong check digits"),
        pytest.param("DE98ZZZ09999999998", False, id="wrong number"),
        pytest.param("DE98ZZZ0999999999", False, id="too short"),
        pytest.param("DE98ZZZ099999999990", False, id="too long"),
        pytest.param("AT61ZZZ01234567890", False, id="not German"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_creditor_identifiers_by_their_check_digits(text: str, is_one: bool) -> None:
    assert is_creditor_identifier(text) is is_one


references = st.builds(
    lambda scheme, prefix, year, number: (scheme, make_reference(scheme, prefix=prefix, year=year, number=number)),
    st.sampled_from(CHECKED), st.sampled_from(["", "7", "42"]), st.integers(2000, 2099), st.integers(0, 999_999),
)  # fmt: skip


@given(references, st.data())
def test_one_wrong_digit_is_noticed(case: tuple[Scheme, str], data: st.DataObject) -> None:
    scheme, reference = case
    place = data.draw(st.sampled_from([index for index, sign in enumerate(reference) if sign.isdigit()]))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != reference[place]]))
    assert is_valid_reference(scheme, reference)
    assert not is_valid_reference(scheme, reference[:place] + wrong + reference[place + 1 :])


@given(references, st.data())
def test_two_neighbours_in_the_wrong_order_are_noticed(case: tuple[Scheme, str], data: st.DataObject) -> None:
    scheme, reference = case
    first = 2 if scheme is Scheme.RF else 0
    place = data.draw(st.integers(first, len(reference) - 2))
    a, b = reference[place], reference[place + 1]
    if a == b or (scheme is Scheme.MOD10 and {a, b} == {"0", "9"}):  # the pair Luhn does not see
        return
    assert not is_valid_reference(scheme, reference[:place] + b + a + reference[place + 2 :])
