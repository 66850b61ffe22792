"""YAML text as plain values, and where in the text each of them stands.

Not here: what the values mean (``language``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from booking_core.engines.ordinance.contracts import DocumentInvalid, DocumentProblem, LocalizedText

Path = tuple[str | int, ...]
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40


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
        raise _invalid(1, 1, "Das Dokument ist zu lang.", "The document is too long.", source)
    try:
        node = YAML(typ="rt").compose(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or error.context or "YAML")
        raise _invalid(
            line,
            column,
            f"Das ist kein gültiges YAML: {problem}.",
            f"This is not valid YAML: {problem}.",
            source,
        ) from error
    if node is None:
        raise _invalid(1, 1, "Das Dokument ist leer.", "The document is empty.", source)
    reader = _Reader(source)
    data = reader.value(node, ())
    return Located(data, reader.places)


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
            raise _invalid(line, column, "Zu tief geschachtelt.", "Nested too deeply.", self.source)
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
            key = str(key_node.value)
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if key in result:
                raise _invalid(
                    line, column, f"{key} steht hier zweimal.", f"{key} stands here twice.", self.source
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
    if kind == "int" and text.lstrip("+-").isdigit():
        return int(text)
    if kind == "float":
        try:
            number = Decimal(text)
        except ArithmeticError:
            return text
        return number if number.is_finite() else text
    return text


def _invalid(line: int, column: int, german: str, english: str, source: str) -> DocumentInvalid:
    problem = DocumentProblem(line, column, "", LocalizedText(german, english))
    return DocumentInvalid((problem,), source=source)
