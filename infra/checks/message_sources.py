"""Find the sentences people read: gettext calls in Python and in Django templates, grouped by catalogue.

Not here: what happens to them (``translations``).
"""

import io
from collections.abc import Iterator
from pathlib import Path

import django.conf
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".venv", ".git", "node_modules", "var", "tests", "infra", "migrations", "locale", "static"}
TEMPLATE_ENDINGS = {".html", ".txt", ".ics", ".xml", ".svg"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue_folders(root: Path = ROOT) -> list[Path]:
    """Return every folder that owns a catalogue: Django apps, and other folders with a ``locale`` folder."""
    owners = set()
    for path in _walk(root):
        if path.name == "apps.py" or (path.is_dir() and (path / "locale").is_dir()):
            owners.add(path.parent if path.name == "apps.py" else path)
    return sorted(owners - {root})


def messages_by_owner(root: Path = ROOT) -> dict[Path | None, dict[tuple[str | None, str], str | None]]:
    """Return ``{owner: {(context, msgid): plural or None}}``; owner None holds sentences outside any app."""
    owners = set(catalogue_folders(root))
    found: dict[Path | None, dict[tuple[str | None, str], str | None]] = {owner: {} for owner in owners}
    for path in _walk(root):
        if path.is_file() and (path.suffix == ".py" or _is_template(path)):
            owner = next((parent for parent in path.parents if parent in owners), None)
            for key, plural in _messages_of(path):
                bucket = found.setdefault(owner, {})
                bucket[key] = bucket.get(key) or plural
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED_FOLDERS or path.name.startswith("."):
            continue
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


def _is_template(path: Path) -> bool:
    return path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts


def _messages_of(path: Path) -> Iterator[tuple[tuple[str | None, str], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        if not django.conf.settings.configured:
            django.conf.settings.configure()
        # Blanked-out text keeps its indentation, which Python's tokenizer would refuse.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    stream = io.BytesIO(source.encode())
    try:
        for _, message, _, context in extract("python", stream, keywords=KEYWORDS):
            singular, plural = message[:2] if isinstance(message, tuple) else (message, None)
            if singular:
                yield (context, singular), plural
    except (SyntaxError, IndentationError) as error:
        raise SystemExit(f"{path.relative_to(ROOT)}: cannot be read for translation: {error}") from error
