"""What is taken out of log lines and error reports."""

import pytest

from config.redaction import without_addresses, without_tokens


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mail to erika@example.org failed", "mail to [entfernt] failed"),
        ("Erika.Muster+x@sub.example.co.uk, a@b.de", "[entfernt], [entfernt]"),
        ("nothing to hide @ 5 pm", "nothing to hide @ 5 pm"),
        (
            "duplicate key\nDETAIL:  Key (name)=(Erika) exists.\nHINT: x",
            "duplicate key\nDETAIL: [entfernt]\nHINT: x",
        ),
    ],
)
def test_addresses_and_row_values(text: str, clean: str) -> None:
    assert without_addresses(text) == clean


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("/buchung/eyJhIjoxfQ:1abc:XyZ/", "/buchung/[entfernt]/"),
        ("/suche/?q=Erika", "/suche/"),
        ("https://town.example:8000/a/b:c?x=1", "https://town.example:8000/a/[entfernt]"),
        ("https://town.example:8000", "https://town.example:8000"),
        ("/", "/"),
    ],
)
def test_tokens_and_queries(url: str, clean: str) -> None:
    assert without_tokens(url) == clean
