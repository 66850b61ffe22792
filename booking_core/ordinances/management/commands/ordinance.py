"""``manage.py ordinance check|quote|schema|reference``: work on ordinance documents from the command line.

Not here: what is right or wrong in a document (``engines.ordinance``).
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    CheckReport,
    Document,
    DocumentInvalid,
    DocumentProblem,
    PriceLine,
    check,
    load_document,
    quote,
    quote_to_data,
    schema,
)
from booking_core.engines.ordinance.positions import decoded
from booking_core.engines.ordinance.requests import request_for
from booking_core.ordinances.reference import reference_markdown
from tenants.links import main_url

_STANDARD_INPUT = Path("-")
_BAD_REQUEST = 2


class Command(BaseCommand):
    """Validate ordinance documents and run their examples, quote a request, or print the JSON Schema."""

    help = "check FILE…|-: validate and run the examples; quote FILE --request FILE|-; schema; reference"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        checking = actions.add_parser("check", help="validate documents and run their examples")
        checking.add_argument("files", nargs="+", type=Path, help="documents, - for standard input")
        quoting = actions.add_parser("quote", help="quote a request against a document, as JSON")
        quoting.add_argument("file", type=Path)
        quoting.add_argument(
            "--request", required=True, help="JSON file with the request, - for standard input"
        )
        actions.add_parser("schema", help="print the JSON Schema of the document language")
        telling = actions.add_parser(
            "reference", help="print the reference of the document language, as Markdown"
        )
        telling.add_argument("--language", choices=["de", "en"], default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "schema":
            self._print_json(schema(main_url("ordinance_schema")))
        elif options["action"] == "reference":
            self.stdout.write(reference_markdown(options["language"] or get_language() or "de"), ending="")
        elif options["action"] == "quote":
            self._quote(options["file"], options["request"])
        else:
            results = [self._check(path) for path in options["files"]]  # every file, also after a bad one
            if not all(results):
                sys.exit(1)

    def _check(self, path: Path) -> bool:
        """Print one document's results; True where nothing is wrong."""
        try:
            report = check(_load(path))
        except DocumentInvalid as error:
            for problem in error.problems:
                self.stdout.write(_problem_words(path, problem))
            return False
        except CommandError as error:  # a file that cannot be read; the others are still checked
            self.stdout.write(str(error))
            return False
        for line in _report_words(path, report):
            self.stdout.write(line)
        return report.passed

    def _quote(self, path: Path, source: str) -> None:
        try:
            document = _load(path)
        except DocumentInvalid as error:
            words = "\n".join(_problem_words(path, one) for one in error.problems)
            raise CommandError(words, returncode=_BAD_REQUEST) from error
        try:
            data = json.loads(_read(Path(source)))
        except ValueError as error:
            words = _("Die Anfrage ist kein JSON: %(error)s") % {"error": error}
            raise CommandError(words, returncode=_BAD_REQUEST) from error
        try:
            request = request_for(document.content, data)
        except DocumentInvalid as error:
            words = "\n".join(f"{one.path}: {_in_words(one)}" for one in error.problems)
            raise CommandError(words, returncode=_BAD_REQUEST) from error
        self._print_json(quote_to_data(quote(document, request)))

    def _print_json(self, data: dict[str, object]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _read(path: Path) -> bytes:
    """The bytes of a file, or of standard input for ``-``."""
    if path == _STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(path)s lässt sich nicht lesen: %(error)s") % {"path": path, "error": error},
            returncode=_BAD_REQUEST,
        ) from error


def _load(path: Path) -> Document:
    return load_document(decoded(_read(path), source=path.name), source=path.name)


def _in_words(problem: DocumentProblem) -> str:
    return problem.message.in_language(get_language() or "de")


def _problem_words(path: Path, problem: DocumentProblem) -> str:
    return f"{path}:{problem.line}:{problem.column}: {problem.path}: {_in_words(problem)}"


def _line_words(line: PriceLine) -> str:
    """A computed line as a sum that explains a difference: ``= 2 started_hour × 9.00 = 18.00 (rent, § 2)``."""
    factor = "" if line.factor == 1 else f" × {line.factor.normalize():f}"
    later = ", " + _("nach der Nutzung") if line.after_use else ""
    source = ", ".join(one for one in (line.rule, line.paragraph) if one)
    price = (
        f"{line.unit_price:.2f}" if line.unit_price == round(line.unit_price, 2) else f"{line.unit_price:f}"
    )
    return f"= {line.quantity.normalize():f} {line.unit} × {price}{factor} = {line.amount.euros} ({source}{later})"


def _report_words(path: Path, report: CheckReport) -> Iterator[str]:
    """One line per example, the differences below each that fails, then contradictions and the sum."""
    yield str(path)
    for result in report.results:
        name = f"{result.example} ({result.reading})" if result.reading else result.example
        yield f"  {'✓' if result.passed else '✗'} {name}"
        for difference in result.differences:
            wanted, got = difference.expected, difference.actual
            place = f"{path}:{difference.line}: " if difference.line else ""
            yield f"      {place}" + _("%(field)s: erwartet %(wanted)s, berechnet %(got)s") % {
                "field": difference.field,
                "wanted": wanted,
                "got": got,
            }
        yield from (f"      {_line_words(line)}" for line in result.computed)
    for problem in report.problems:
        yield "  ✗ " + _problem_words(path, problem)
    passed = sum(result.passed for result in report.results)
    yield "  " + _("%(passed)s von %(all)s Beispielen stimmen") % {
        "passed": passed,
        "all": len(report.results),
    }
