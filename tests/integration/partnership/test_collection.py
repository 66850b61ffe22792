"""The platform's collection of ordinances is read before the first visitor comes.

Not here: what it lists and how towns take from it (``test_sharing``, ``test_adopting``).
"""

from pathlib import Path

import pytest

from booking_core.ordinances import library
from config import gunicorn
from partnership import catalogue

ROOT = Path(__file__).resolve().parents[3]
NAMED = '"--config", "python:config.gunicorn"'


@pytest.mark.django_db
def test_no_visitor_waits_until_the_collection_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen red without ``read_collection``: the first visitor of each worker read 23 documents."""
    gunicorn.when_ready(None)

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a document was read for a visitor")

    monkeypatch.setattr(library, "load_document", refuse)
    found = catalogue.entries()
    assert len(found) >= len(library.library_entries())
    assert catalogue.entry_page(found[-1].slug).document.resources


@pytest.mark.parametrize("place", ["infra/deploy/Containerfile", "infra/demo.py"])
def test_gunicorn_reads_it_wherever_it_is_started(place: str) -> None:
    assert NAMED in (ROOT / place).read_text()
