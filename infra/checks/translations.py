"""Keep the English catalogues complete: ``update APP…``, ``check`` and ``compile``; the msgids are German.

Not here: finding the sentences in the source (``message_sources``).
"""

import argparse
import io
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog, Message  # noqa: E402 — run as a script, needs the path above
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402

from infra.checks.message_sources import catalogue_folders, messages_by_owner  # noqa: E402

Key = tuple[str | None, str]
PLACEHOLDER = re.compile(r"%\([^)]+\)[sdif]|%[sd]|\{[a-z_][a-z0-9_]*\}")
HEADER = "# English for the German sentences of this app; kept complete by infra/checks/translations.py.\n"
CHARSET_HEADERS = (
    'msgid ""\nmsgstr ""\n'
    '"Language: en\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def po_path(owner: Path) -> Path:
    """Return where the English catalogue of an app lives."""
    return owner / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """Read one catalogue; an absent file is an empty one."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as stream:
        return read_po(stream, locale="en", abort_invalid=True)


def update(owner: Path, wanted: dict[Key, str | None]) -> int:
    """Rewrite one catalogue with exactly the wanted msgids, keeping translations; return the open ones."""
    path = po_path(owner)
    known = _entries(read_catalogue(path))
    fresh, open_count = Catalog(locale="en"), 0
    for (context, msgid), plural in wanted.items():
        old = known.get((context, msgid))
        identifier = (msgid, plural) if plural else msgid
        kept = _fitting_translation(old, plural=bool(plural))
        flags = old.flags & {"fuzzy"} if old else set()
        fresh.add(identifier, kept, context=context, flags=flags)
        open_count += not all(_strings(kept))
    if wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_rendered(fresh))
    elif path.exists():
        path.unlink()
    return open_count


def problems() -> list[str]:
    """Return one sentence per missing, fuzzy, orphaned, broken or contradicting translation."""
    found: list[str] = []
    chosen: dict[Key, tuple[str, Path]] = {}
    for owner, wanted in sorted(messages_by_owner().items(), key=lambda item: str(item[0])):
        if owner is None:
            found += [f"{msgid!r} stands outside every app, so nothing translates it" for _, msgid in wanted]
            continue
        name = owner.relative_to(ROOT)
        known = _entries(read_catalogue(po_path(owner)))
        found += [f"{name}: orphan {msgid!r}" for _, msgid in known.keys() - wanted.keys()]
        for key in wanted:
            message = known.get(key)
            found += [f"{name}: {fault}" for fault in _faults(key, message, plural=wanted[key])]
            if message is not None:
                text = " / ".join(_strings(message.string))
                first, where = chosen.setdefault(key, (text, owner))
                if first != text:
                    found.append(
                        f"{key[1]!r} is {first!r} in {where.relative_to(ROOT)} but {text!r} in {name}:"
                        " Django keeps only one of them"
                    )
    return found


def compile_all() -> int:
    """Write the binary catalogue beside each text one, of whatever language; return how many."""
    count = 0
    for owner in catalogue_folders():
        for path in sorted(owner.glob("locale/*/LC_MESSAGES/django.po")):
            with path.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, read_catalogue(path))
            count += 1
    return count


def _entries(catalogue: Catalog) -> dict[Key, Message]:
    entries: dict[Key, Message] = {}
    for message in catalogue:
        if message.id:
            singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
            entries[(message.context, str(singular))] = message
    return entries


def _strings(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, tuple | list) else [str(value or "")]


def _fitting_translation(old: Message | None, *, plural: bool) -> str | tuple[str, str]:
    strings = _strings(old.string) if old else [""]
    if plural:
        return (strings[0], strings[1] if len(strings) > 1 else "")
    return strings[0]


def _faults(key: Key, message: Message | None, *, plural: str | None) -> list[str]:
    msgid = key[1]
    if message is None:
        return [f"{msgid!r} is not in the catalogue"]
    strings = _strings(message.string)
    if not all(strings) or len(strings) < (2 if plural else 1):
        return [f"{msgid!r} has no English sentence"]
    if message.fuzzy:
        return [f"{msgid!r} is fuzzy"]
    faults = []
    for source, text in zip([msgid, plural or msgid], strings, strict=False):
        wanted, given = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
        # The singular may leave out its number ("eine Anfrage"), so only the surplus counts there.
        if given - wanted - (set(PLACEHOLDER.findall(plural)) if plural else set()) or (
            wanted - given and not plural
        ):
            faults.append(f"{msgid!r}: placeholders differ: {sorted(wanted)} and {sorted(given)}")
    if plural and set(PLACEHOLDER.findall(plural)) != set(PLACEHOLDER.findall(strings[1])):
        faults.append(f"{msgid!r}: placeholders of the plural differ")
    return faults


def _rendered(catalogue: Catalog) -> bytes:
    """Render without dates, locations and tool versions, so that only sentences change a file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    return (HEADER + CHARSET_HEADERS + "\n").encode() + stream.getvalue()


def main() -> int:
    """Run the command given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["update", "check", "compile"])
    parser.add_argument("apps", nargs="*", type=Path, help="app folders, all when none is given")
    arguments = parser.parse_args()
    if arguments.command == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    if arguments.command == "check":
        found = problems()
        print("\n".join(found) or "translations complete")
        return 1 if found else 0
    chosen = {path.resolve() for path in arguments.apps}
    by_owner = messages_by_owner()
    for unknown in chosen - by_owner.keys():
        sys.exit(f"{unknown}: no Django app (no apps.py in it)")
    for owner, wanted in by_owner.items():
        if owner is not None and (not chosen or owner in chosen):
            print(f"{owner.relative_to(ROOT)}: {len(wanted)} sentences, {update(owner, wanted)} open")
    return 0


if __name__ == "__main__":
    sys.exit(main())
