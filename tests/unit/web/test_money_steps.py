"""The steps of a booking that concern money: what is paid, what is still to come, where they stand in the timeline."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from booking_core.finance.contracts import BookingMoney, DepositView, InvoiceRow
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.web.citizen.presenters.money_steps import money_steps, with_money
from design_system.contracts import TimelineEntry

ONE = UUID(int=1)
NOON = datetime(2026, 9, 12, 12, tzinfo=UTC)
INVOICE = InvoiceRow(ONE, "invoice", "Rechnung", "R-1", "RF1", "Erika", date(2026, 9, 1), date(2026, 9, 15),
                     Money(9000), Money(9000), "open")  # fmt: skip
PAID = replace(INVOICE, balance=Money(0), state="paid")
OVERDUE = replace(INVOICE, state="overdue")
DEPOSIT = DepositView(
    1, ONE, "2026-1", "Feier", "Erika", NOON, NOON, Money(4000), Money(0), Money(0), Money(0)
)
HELD = replace(DEPOSIT, held=Money(4000))
BACK = replace(DEPOSIT, returned=Money(3000), kept=Money(1000))


def booking(state: str = "confirmed") -> BookingView:
    return cast("BookingView", SimpleNamespace(state=state, is_open=state in {"requested", "confirmed"}))


@pytest.mark.parametrize(
    ("money", "before", "after"),
    [
        pytest.param(BookingMoney(), [], [], id="nothing owed"),
        pytest.param(BookingMoney((INVOICE,)), [("Zahlung", "current")], [], id="open"),
        pytest.param(BookingMoney((OVERDUE,)), [("Zahlung", "failed")], [], id="overdue"),
        pytest.param(BookingMoney((PAID,)), [("Bezahlt", "done")], [], id="paid"),
        pytest.param(
            BookingMoney((PAID,), DEPOSIT),
            [("Bezahlt", "done"), ("Kaution hinterlegen", "coming")],
            [("Kaution zurück", "coming")],
            id="deposit missing",
        ),
        pytest.param(
            BookingMoney((), HELD),
            [("Kaution hinterlegt", "done")],
            [("Kaution zurück", "coming")],
            id="deposit held",
        ),
        pytest.param(
            BookingMoney((), BACK),
            [("Kaution hinterlegt", "done")],
            [("Kaution zurück", "done")],
            id="deposit settled",
        ),
    ],
)
def test_steps_of_money(
    money: BookingMoney, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    steps = money_steps(booking(), money)
    assert [(one.title, one.state) for one in steps.before] == before
    assert [(one.title, one.state) for one in steps.after] == after


def test_a_cancelled_booking_asks_for_no_deposit() -> None:
    steps = money_steps(booking("cancelled"), BookingMoney((), DEPOSIT))
    assert (steps.before, steps.after) == ((), ())


@pytest.mark.parametrize(
    ("titles", "has_use", "expected"),
    [
        (["Angefragt", "Nutzung"], True, ["Angefragt", "Bezahlt", "Kaution hinterlegt", "Nutzung", "Kaution zurück"]),
        (["Angefragt", "Storniert"], False,
         ["Angefragt", "Storniert", "Bezahlt", "Kaution hinterlegt", "Kaution zurück"]),
    ],
)  # fmt: skip
def test_money_stands_around_the_use(titles: list[str], has_use: bool, expected: list[str]) -> None:
    steps = money_steps(booking(), BookingMoney((PAID,), HELD))
    shown = with_money([TimelineEntry(title) for title in titles], steps, has_use=has_use)
    assert [one.title for one in shown] == expected
