"""Durations as clerks type them, and cells a spreadsheet must not run."""

import pytest

from booking_core.web.backoffice.forms.fields import minutes_to_text, text_to_minutes
from booking_core.web.backoffice.presenters.spreadsheets import csv_text, safe_cell


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2:30", 150),
        ("0:05", 5),
        ("2", 120),
        ("2 h", 120),
        ("30 min", 30),
        ("45 Minuten", 45),
        ("336:00", 20160),
        ("bald", None),
        ("-1", None),
        ("2:x", None),
        (":30", None),
    ],
)
def test_durations_as_people_type_them(text: str, minutes: int | None) -> None:
    assert text_to_minutes(text) == minutes


@pytest.mark.parametrize("minutes", [0, 5, 60, 150, 20160])
def test_a_duration_reads_back_as_it_was_printed(minutes: int) -> None:
    assert text_to_minutes(minutes_to_text(minutes)) == minutes


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49431", "'+49431"),
        ("-1", "-1"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("Musikverein", "Musikverein"),
        ("90,00", "90,00"),
        ("", ""),
    ],
)
def test_cells_are_shown_and_not_run(cell: str, shown: str) -> None:
    assert safe_cell(cell) == shown


def test_a_file_opens_in_german_excel() -> None:
    assert csv_text([["Name", "Betrag"], ['Verein "Heimat"; e. V.', "90,00"]]) == (
        '\ufeffName;Betrag\r\n"Verein ""Heimat""; e. V.";90,00\r\n'
    )
