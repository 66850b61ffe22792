"""German sentences are found in Python and templates, and every gap in the English catalogue is named.

Not here: whether this project's catalogues are complete; ``make check`` says that.
"""

from pathlib import Path

import pytest

from infra.checks import message_sources, translations

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext
TITLE = _("Raum")
def count(n): return ngettext("%(n)s Raum frei", "%(n)s Räume frei", n) % {"n": n}
"""
TEMPLATE = """{% load i18n %}
    <p class="x">{% blocktranslate with name=person.name trimmed %}
        Guten Tag {{ name }}
    {% endblocktranslate %}</p>
  {% translate "100 % frei" %} {{ label|default:_("nichts") }} "'
"""
WANTED: dict[tuple[str | None, str], str | None] = {
    (None, "Raum"): None,
    (None, "%(n)s Raum frei"): "%(n)s Räume frei",
    (None, "Guten Tag %(name)s"): None,
    (None, "100 %% frei"): None,
    (None, "nichts"): None,
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rooms"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").write_text("")
    (folder / "models.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(
        translations, "messages_by_owner", lambda: message_sources.messages_by_owner(tmp_path)
    )
    return folder


def fill(app: Path, *, english: dict[str, str]) -> None:
    translations.update(app, WANTED)
    catalogue = translations.read_catalogue(translations.po_path(app))
    for message in catalogue:
        if message.id:
            if isinstance(message.id, str):
                message.string = english.get(message.id, message.id)
            else:
                message.string = ("%(n)s room free", "%(n)s rooms free")
    translations.po_path(app).write_bytes(translations._rendered(catalogue))


def test_every_kind_of_sentence_is_found(app: Path) -> None:
    assert message_sources.messages_by_owner(app.parent) == {app: WANTED}


def test_a_complete_catalogue_has_no_problems_and_stays_as_it_is(app: Path) -> None:
    fill(app, english={"Raum": "Room"})
    before = translations.po_path(app).read_bytes()
    assert translations.problems() == []
    assert translations.update(app, WANTED) == 0
    assert translations.po_path(app).read_bytes() == before
    assert b"POT-Creation-Date" not in before


def test_a_lost_placeholder_is_named(app: Path) -> None:
    fill(app, english={"Guten Tag %(name)s": "Good day"})
    assert translations.problems() == [
        "rooms: 'Guten Tag %(name)s': placeholders differ: ['%(name)s'] and []"
    ]


def test_missing_and_orphaned_sentences_are_named(app: Path) -> None:
    fill(app, english={})
    (app / "models.py").write_text(PYTHON.replace('"Raum"', '"Halle"'))
    assert sorted(translations.problems()) == [
        "rooms: 'Halle' is not in the catalogue",
        "rooms: orphan 'Raum'",
    ]


def test_an_open_sentence_is_named(app: Path) -> None:
    assert translations.update(app, WANTED) == len(WANTED)
    assert "rooms: 'Raum' has no English sentence" in translations.problems()


def test_two_apps_must_not_translate_one_sentence_differently(app: Path) -> None:
    fill(app, english={"Raum": "Room"})
    other = app.parent / "halls"
    other.mkdir()
    (other / "apps.py").write_text("")
    (other / "models.py").write_text('from django.utils.translation import gettext as _\nTITLE = _("Raum")\n')
    translations.update(other, {(None, "Raum"): None})
    path = translations.po_path(other)
    path.write_text(path.read_text().replace('msgid "Raum"\nmsgstr ""', 'msgid "Raum"\nmsgstr "Space"'))
    assert len(translations.problems()) == 1
    assert "Django keeps only one of them" in translations.problems()[0]
