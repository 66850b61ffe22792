"""From YAML text or stored JSON to a document, with every mistake named by line.

Not here: the language itself (``language``), the words of the mistakes (``mistakes``).
"""

from collections.abc import Mapping

from pydantic import ValidationError

from booking_core.engines.ordinance.contracts import DocumentInvalid, DocumentProblem
from booking_core.engines.ordinance.document import Document, build_document
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import without_defaults
from booking_core.engines.ordinance.mistakes import Mistake, mistakes_of
from booking_core.engines.ordinance.positions import Located, read_yaml
from booking_core.engines.ordinance.references import dangling_references
from booking_core.engines.ordinance.sense import senseless


def load_document(text: str, *, source: str = "") -> Document:
    """Read a YAML document; raise ``DocumentInvalid`` with line, column, path and what was expected."""
    return _document(read_yaml(text, source=source), source)


def document_from_data(data: Mapping[str, object]) -> Document:
    """Build a document from the same structure as plain JSON values; raise ``DocumentInvalid``."""
    return _document(Located(data, {}), "")


def document_to_data(document: Document) -> dict[str, object]:
    """Return the document as plain JSON values; ``document_from_data`` takes them back."""
    return without_defaults(document.content)


def schema(address: str = "") -> dict[str, object]:
    """Return the JSON Schema of the document language, for editors; ``address`` is where it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": address} if address else {}),
        **Ordinance.model_json_schema(by_alias=True, mode="validation"),
    }


def _document(located: Located, source: str) -> Document:
    try:
        content = Ordinance.model_validate(located.data)
    except ValidationError as error:
        raise _invalid(mistakes_of(error), located, source) from error
    mistakes = dangling_references(content) or senseless(content)
    if mistakes:
        raise _invalid(mistakes, located, source)
    return build_document(content, located.places)


def _invalid(mistakes: tuple[Mistake, ...], located: Located, source: str) -> DocumentInvalid:
    problems = []
    for mistake in mistakes:
        line, column = located.place(mistake.path)
        problems.append(DocumentProblem(line, column, mistake.path_in_words(), mistake.message))
    problems.sort(key=lambda problem: (problem.line, problem.column, problem.path))
    return DocumentInvalid(tuple(problems), source=source)
