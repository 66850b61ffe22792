"""DATEV's own field table for a posting batch, and a reader of such files that believes nothing.

Written down from developer.datev.de, not from our code: numbers, expressions, which fields are text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DAY8 = r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_DAY = r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d\d"
HEADER: Mapping[int, str] = {
    1: r'"(EXTF|DTVF)"', 2: "700", 3: "21", 4: '"Buchungsstapel"', 5: "13", 6: r"20\d{15}", 7: "", 8: r'"[A-Z]{0,2}"',
    9: r'"\w{0,25}"', 10: r'"\w{0,25}"', 11: r"1\d{3}|[2-9]\d{3}|\d{5,7}", 12: r"[1-9]\d{0,4}", 13: _DAY8, 14: "[4-8]",
    15: _DAY8, 16: _DAY8, 17: r'"[\w.\-/ ]{0,30}"', 18: r'"([A-Z]{2}){0,2}"', 19: "[12]", 20: "0|30|40|50|64",
    21: "[01]",
    22: '"[A-Z]{3}"', 23: "", 24: '""', 25: "", 26: "", 27: r'"(\d{2}){0,2}"', 28: r"\d{0,4}", 29: "", 30: '""',
    31: r'".{0,16}"',
}  # fmt: skip
_TEXT = r'"[^\x00-\x1f]{0,%s}"'
FIELDS: Mapping[int, str] = {
    1: r"(?!0{1,10},00)\d{1,10},\d\d", 2: '"[SH]"', 3: '"[A-Z]{3}"', 4: r"([1-9]\d{0,3},\d{2,6})?",
    5: r"(\d{1,10},\d\d)?", 6: '"([A-Z]{3})?"', 7: r"(?!0+$)\d{1,9}", 8: r"(?!0+$)\d{1,9}", 9: r'"(\d{4})?"',
    10: r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])", 11: r'"[\w$%\-/]{0,36}"', 12: r'"[\w$%\-/]{0,12}"',
    13: r"([1-9]\d{0,7},\d\d)?", 14: _TEXT % 60, 15: "[01]?", 16: r'"\w{0,9}"', 17: r"\d{0,3}", 18: r"\d{0,2}",
    19: "[01]?", 20: _TEXT % 210, **{n: _TEXT % (20 if n % 2 else 210) for n in range(21, 37)}, 37: _TEXT % 36,
    38: _TEXT % 36, 39: r"(\d{1,12},\d{4})?", 40: _TEXT % 15, 41: r"(\d{2},\d{2})?", 42: '"[IKPS]?"', 43: r"\d{0,3}",
    44: r"\d{0,3}", 45: r"\d?", 46: r"\d{0,2}", 47: r"\d{0,3}",
    **{n: _TEXT % (210 if n % 2 else 20) for n in range(48, 88)}, 88: r"\d{0,8}", 89: r"(\d{1,8},\d\d)?",
    90: r"\d{0,2}", 91: _TEXT % 10, 92: r"(20\d\d)?", 93: f"({_DAY})?", 94: "[12]?", 95: _TEXT % 30,
    96: '"([A-Z]{2})?"',
    97: r"\d{0,4}", 98: '"([A-Z]{2})?"', 99: r"\d{0,3}", 100: r"(\d{2},\d{2})?", 101: r"\d{0,9}", 102: '"([A-Z]{2})?"',
    103: _TEXT % 36, 104: f"({_DAY})?", 105: _TEXT % 35, 106: "[01]?", 107: _TEXT % 76,
    108: r"\d{0,4}", 109: _TEXT % 11,
    110: _TEXT % 20, 111: f"({_DAY})?", 112: _TEXT % 30, 113: r"\d{0,2}", 114: "[01]?", 115: f"({_DAY})?",
    116: f"({_DAY})?", 117: f"({_DAY})?", 118: '"[01G]?"', 119: r"(\d{1,2},\d\d)?", 120: '"([A-Z]{2})?"',
    121: _TEXT % 50, 122: "[1-5]?", 123: _TEXT % 15, 124: r"(\d{2},\d{2})?", 125: r"\d{0,9}",
}  # fmt: skip
_CELL = re.compile(r'"(?:[^"]|"")*"|[^;"]*')


@dataclass(frozen=True, slots=True)
class ReadPosting:
    """One line of a file, read back."""

    cents: int
    side: str
    account: str
    contra: str
    tax_key: str
    day: str
    number: str
    text: str


def faults_of(content: bytes) -> list[str]:
    """What the field table finds wrong with a file, in words; nothing if it is sound."""
    text = content.decode("cp1252")
    lines = text.split("\r\n")
    found = [] if lines.pop() == "" else ["no CR LF at the end"]
    if "\n" in "".join(lines) or "\r" in "".join(lines):
        found.append("a break inside a line")
    found += _faults("header", cells(lines[0]), HEADER)
    if len(lines[1].split(";")) != len(FIELDS):
        found.append("headings")
    for number, line in enumerate(lines[2:], start=3):
        found += _faults(f"line {number}", cells(line), FIELDS)
    return found


def cells(line: str) -> list[str]:
    """The cells of a line as they stand there, quotation marks included."""
    found, place = [], 0
    while True:
        cell = _CELL.match(line, place)
        assert cell is not None
        found.append(cell.group())
        place = cell.end()
        if place == len(line):
            return found
        assert line[place] == ";", line[place:]
        place += 1


def postings(content: bytes) -> list[ReadPosting]:
    """The postings of a file."""
    lines = content.decode("cp1252").split("\r\n")[2:-1]
    return [_posting(["", *cells(line)]) for line in lines]


def balances(content: bytes) -> dict[str, int]:
    """What the postings do to each account: debit less credit, in cents."""
    sums: dict[str, int] = {}
    for one in postings(content):
        cents = one.cents if one.side == "S" else -one.cents
        sums[one.account] = sums.get(one.account, 0) + cents
        sums[one.contra] = sums.get(one.contra, 0) - cents
    return sums


def _posting(cell: list[str]) -> ReadPosting:
    def text(number: int) -> str:
        return cell[number][1:-1].replace('""', '"')

    return ReadPosting(
        int(cell[1].replace(",", "")), text(2), cell[7], cell[8], text(9), cell[10], text(11), text(14)
    )


def _faults(where: str, found: list[str], table: Mapping[int, str]) -> list[str]:
    if len(found) != len(table):
        return [f"{where}: {len(found)} fields"]
    plain = [
        cell[:1] + cell[1:-1].replace('""', '"') + cell[-1:] if len(cell) > 1 else cell for cell in found
    ]
    return [
        f"{where}, field {number}: {cell}"
        for number, cell in enumerate(plain, start=1)
        if not re.fullmatch(table[number], cell, re.ASCII if number in {7, 8, 11} else 0)
    ]
