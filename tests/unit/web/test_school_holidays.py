"""School holidays as towns bring them: lines, CSV, calendar files; mistakes named by line."""

from datetime import date

import pytest

from booking_core.engines.recurrence import Break
from booking_core.kernel.errors import InvalidInput
from booking_core.workflows.school_holidays import breaks_from_file, breaks_from_lines

WINTER = Break("Winterferien", date(2027, 2, 1), date(2027, 2, 12))
DAY_OFF = Break("Beweglicher Ferientag", date(2027, 5, 7), date(2027, 5, 7))
ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
SUMMARY:Winterferien
DTSTART;VALUE=DATE:20270201
DTEND;VALUE=DATE:20270213
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Beweglicher Ferientag
DTSTART;VALUE=DATE:20270507
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    "text",
    [
        "Winterferien; 1.2.2027; 12.2.2027\n\nBeweglicher Ferientag; 7.5.2027",
        "Name;Beginn;Ende\nWinterferien;2027-02-01;2027-02-12\nBeweglicher Ferientag;2027-05-07;2027-05-07\n",
        '\ufeff"Winterferien",2027-02-01,2027-02-12\n"Beweglicher Ferientag",2027-05-07,2027-05-07',
    ],
    ids=["typed", "csv with a heading", "csv with commas and a byte-order mark"],
)
def test_lines(text: str) -> None:
    assert breaks_from_lines(text) == (WINTER, DAY_OFF)
    assert breaks_from_file(text.encode()) == (WINTER, DAY_OFF)


def test_a_calendar_file_ends_the_day_before_its_end() -> None:
    assert breaks_from_file(ICS) == (WINTER, DAY_OFF)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Winterferien; 1.2.2027; 12.2.2027\nOstern; bald", "Zeile 2"),
        ("Winterferien; 12.2.2027; 1.2.2027", "endet, bevor es beginnt"),
        ("Winterferien; 31.2.2027; 1.3.2027", "Zeile 1"),
    ],
)
def test_mistakes_are_named(text: str, part: str) -> None:
    with pytest.raises(InvalidInput, match=part):
        breaks_from_lines(text)


def test_a_broken_calendar_file_is_refused() -> None:
    with pytest.raises(InvalidInput):
        breaks_from_file(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:kaputt\nEND:VEVENT\nEND:VCALENDAR")
