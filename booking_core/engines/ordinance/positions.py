"""YAML text as plain values, and where in the text each of them stands.

Not here: what the values mean (``language``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from booking_core.engines.ordinance.contracts import DocumentInvalid, DocumentProblem, LocalizedText
from booking_core.engines.ordinance.yaml_faults import NO_SPACE_AFTER_DASH, OPEN_ENDED, fault_in_words

Path = tuple[str | int, ...]
MAX_CHARACTERS = 400_000
MAX_DEPTH = 40
_LONGEST_NUMBER = 40
_MOST_BRACKETS = 5 * MAX_DEPTH
_BRACKETS = re.compile(r"[\[\]{}]")
_BYTE_ORDER_MARK = "\ufeff"
_TOO_LONG = (
    f"Das Dokument ist zu lang. Erwartet werden höchstens {MAX_CHARACTERS} Zeichen.",
    f"The document is too long. At most {MAX_CHARACTERS} characters are expected.",
)
_TOO_DEEP = (
    f"Zu tief geschachtelt. Erwartet werden höchstens {MAX_DEPTH} Ebenen.",
    f"Nested too deeply. At most {MAX_DEPTH} levels are expected.",
)


@dataclass(frozen=True, slots=True)
class Located:
    """Plain values with the line and column (from 1) of each path."""

    data: object
    places: dict[Path, tuple[int, int]]

    def place(self, path: Path) -> tuple[int, int]:
        """Where ``path`` stands, or the nearest thing around it."""
        return nearest_place(self.places, path)


def nearest_place(places: Mapping[Path, tuple[int, int]], path: Path) -> tuple[int, int]:
    """Line and column of ``path`` or of the nearest thing around it."""
    for length in range(len(path), -1, -1):
        found = places.get(path[:length])
        if found is not None:
            return found
    return (1, 1)


def read_yaml(text: str, *, source: str) -> Located:
    """Read one YAML document without aliases or tags; raise ``DocumentInvalid`` where the text is not YAML."""
    if len(text) > MAX_CHARACTERS:
        raise _invalid(1, 1, *_TOO_LONG, source)
    text = text.removeprefix(_BYTE_ORDER_MARK)
    _refuse_brackets_without_end(text, source)
    try:
        node = YAML(typ="safe", pure=True).compose(StringIO(text))
    except MarkedYAMLError as error:
        problem = str(error.problem or error.context or "")
        mark = error.context_mark if re.search(OPEN_ENDED, problem) else error.problem_mark
        mark = mark or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = fault_in_words(problem)
        dashed = _dash_without_space(text, line)
        if dashed is not None:
            line, column, said = dashed, 1, NO_SPACE_AFTER_DASH
        raise _invalid(line, column, said.de, said.en, source) from error
    except ReaderError as error:
        line, column = _line_and_column(text, int(error.position))
        said = fault_in_words(str(error.reason))
        raise _invalid(line, column, said.de, said.en, source) from error
    except (YAMLError, ValueError) as error:  # a directive or a tag the reader cannot make sense of
        said = fault_in_words("tag")
        raise _invalid(1, 1, said.de, said.en, source) from error
    except RecursionError as error:
        raise _invalid(1, 1, *_TOO_DEEP, source) from error
    if node is None:
        raise _invalid(1, 1, "Das Dokument ist leer.", "The document is empty.", source)
    reader = _Reader(source)
    data = reader.value(node, ())
    return Located(data, reader.places)


def _dash_without_space(text: str, line: int) -> int | None:
    """The line at or just above a fault that begins with a dash and no space: the likely cause."""
    lines = text.splitlines()
    for number in range(min(line, len(lines)), max(line - 3, 0), -1):
        if re.match(r"\s*-[A-Za-z_]\w*\s*:", lines[number - 1]):
            return number
    return None


def decoded(raw: bytes, *, source: str = "") -> str:
    """The text of a file in UTF-8; raise ``DocumentInvalid`` with the line of the first byte that is none."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, column = _line_and_column(before, len(before))
        raise _invalid(
            line,
            column,
            "Dieses Zeichen ist nicht in UTF-8 gespeichert. Bitte speichern Sie die Datei als UTF-8.",
            "This character is not stored in UTF-8. Please save the file as UTF-8.",
            source,
        ) from error


def _refuse_brackets_without_end(text: str, source: str) -> None:
    """Each open bracket makes reading slower; so many are no document, whatever stands in quotes."""
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _MOST_BRACKETS:
            raise _invalid(*_line_and_column(text, bracket.start()), *_TOO_DEEP, source)


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return (before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Walks the nodes once, collecting values and places."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: dict[Path, tuple[int, int]] = {}
        self.seen: set[int] = set()

    def value(self, node: Node, path: Path) -> object:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.places.setdefault(path, (line, column))
        if len(path) > MAX_DEPTH:
            raise _invalid(line, column, *_TOO_DEEP, self.source)
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self.seen:
            raise _invalid(
                line,
                column,
                "Verweise (&, *) sind nicht erlaubt.",
                "Aliases (&, *) are not allowed.",
                self.source,
            )
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]

    def mapping(self, node: MappingNode, path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, ScalarNode):
                raise _invalid(
                    line,
                    column,
                    "Vor dem Doppelpunkt wird ein Name erwartet.",
                    "A name is expected before the colon.",
                    self.source,
                )
            key = str(key_node.value)
            if key in result:
                first = self.places[(*path, key)][0]
                raise _invalid(
                    line,
                    column,
                    f"{key} steht hier zweimal, zuerst in Zeile {first}.",
                    f"{key} stands here twice, first in line {first}.",
                    self.source,
                )
            self.places[(*path, key)] = (line, column)
            result[key] = self.value(value_node, (*path, key))
        return result


def _scalar(node: ScalarNode) -> object:
    """Numbers stay exact; dates and clock times stay text."""
    kind = str(node.tag).rsplit(":", 1)[-1]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and text.lstrip("+-").isdecimal() and len(text) < _LONGEST_NUMBER:
        return int(text)
    if kind == "float" and len(text) < _LONGEST_NUMBER:
        try:
            number = Decimal(text)
        except ArithmeticError:
            return text
        return number if number.is_finite() else text
    return text


def _invalid(line: int, column: int, german: str, english: str, source: str) -> DocumentInvalid:
    problem = DocumentProblem(line, column, "", LocalizedText(german, english))
    return DocumentInvalid((problem,), source=source)
