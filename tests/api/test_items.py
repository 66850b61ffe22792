"""Bookings by other software that name each thing with its own number."""

from uuid import uuid4

import pytest

from tenants.models import Tenant
from tests.api.conftest import Program, at, booking, day_ahead, fields, refused
from tests.factories.furniture import Furnished, make_furnished_hall


@pytest.fixture
def house(town: Tenant) -> Furnished:
    return make_furnished_hall()


def furnished(house: Furnished, **changes: object) -> dict[str, object]:
    day = day_ahead()
    return {
        "items": [
            {"resource": str(house.hall.uuid)},
            {"resource": str(house.chairs.uuid), "quantity": 80},
            {"resource": str(house.tables.uuid), "quantity": 10},
        ],
        "spans": [{"start": at(day, 10), "end": at(day, 14)}],
        **changes,
    }  # fmt: skip


def test_each_item_is_priced_and_booked_in_its_number(program: Program, house: Furnished) -> None:
    wish = furnished(house)
    assert program.send("quotes/", wish).json()["total"] == "210.00"
    made = program.send("bookings/", booking(house.hall, wish=wish), idempotency_key="eins").json()
    assert [(one["resource"], one["quantity"]) for one in made["items"]] == [
        ("saal", 1), ("stuehle", 80), ("tische", 10),
    ]  # fmt: skip
    old = {**wish, "resources": [str(house.chairs.uuid)], "quantity": 40}
    del old["items"]
    assert program.send("quotes/", old).json()["total"] == "40.00"


def test_items_and_resources_exclude_each_other(program: Program, house: Furnished) -> None:
    both = furnished(house, resources=[str(house.hall.uuid)])
    assert "wish.items" in fields(
        refused(
            program.send("bookings/", booking(house.hall, wish=both), idempotency_key="a"),
            422,
            "invalid-input",
        )
    )
    twice = furnished(house, items=[{"resource": str(house.hall.uuid)}] * 2)
    refused(program.send("quotes/", twice), 422, "invalid-input")
    none = furnished(house)
    del none["items"]
    refused(program.send("quotes/", none), 422, "invalid-input")
    unknown = furnished(house, items=[{"resource": str(uuid4()), "quantity": 2}])
    problem = refused(program.send("quotes/", unknown), 422, "invalid-input")
    assert "Dieses Angebot gibt es nicht" in problem["detail"]
