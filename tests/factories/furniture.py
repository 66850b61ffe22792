"""A hall with chairs and tables that one ordinance prices: what is booked together, each in its own number.

Not here: bookings of it.
"""

from dataclasses import dataclass
from datetime import date

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from tests.factories.catalogue import make_location, make_room, make_stock

TARIFF = """
format: 1
name: {de: Saal und Möbel, en: Hall and furniture}
municipality: Musterdorf
state: SH
resources:
  - {id: saal, label: {de: Saal, en: Hall}, kind: room}
  - {id: chair, label: {de: Stuhl, en: Chair}, kind: device, pieces: 120}
  - {id: table, label: {de: Tisch, en: Table}, kind: device, pieces: 20}
groups: [{id: everyone, label: {de: Alle, en: Everyone}}]
purposes: [{id: party, label: {de: Feier, en: Party}}]
rates:
  - {id: hall, label: {de: Saal, en: Hall}, when: {resource: saal}, price: 100.00, paragraph: § 1}
  - id: furniture
    label: {de: Möbel, en: Furniture}
    measure: {product: [piece, day]}
    paragraph: § 2
    cells:
      - {resource: chair, price: 1.00}
      - {resource: table, price: 3.00}
"""


@dataclass(frozen=True, slots=True)
class Furnished:
    """A hall, 120 chairs, 20 tables."""

    hall: ResourceView
    chairs: ResourceView
    tables: ResourceView


def make_furnished_hall() -> Furnished:
    """The hall and its furniture in one house, priced by one ordinance."""
    house = make_location(name="Bürgerhaus")
    made = Furnished(
        make_room(house, name="Saal", capacity=150),
        make_stock(120, house, name="Stühle"),
        make_stock(20, house, name="Tische"),
    )
    draft = adopt_document(TARIFF, code="moebel", actor=SYSTEM)
    publish_version(draft.id, valid_from=date(2020, 1, 1), actor=SYSTEM)
    for one, code in ((made.hall, "saal"), (made.chairs, "chair"), (made.tables, "table")):
        bind_resource(one.id, draft.ordinance_id, [code], actor=SYSTEM)
    return made
