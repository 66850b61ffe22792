"""``python -m infra.setup demo|dev|test``: install what is missing, in seconds when nothing is.

Not here: how each part is installed (the modules beside this one).
"""

import sys
from collections.abc import Callable

from infra.progress import Progress
from infra.setup import browser, front_end, python_packages
from infra.setup.commands import (
    ROOT,
    VENV,
    SetupError,
    can_install_debian_packages,
    install_debian_packages,
    run,
)
from infra.stamps import digest, is_current, write

KINDS = ("demo", "dev", "test")
CATALOGUES_STAMP = VENV / "translations-compiled"


def main(kind: str) -> int:
    """Install everything for this kind; ``test`` is ``dev`` with a browser."""
    packages = "demo" if kind == "demo" else "dev"
    steps: list[tuple[str, Callable[[], bool], Callable[[], None]]] = [
        (
            "Python-Pakete installieren",
            lambda: python_packages.is_ready(packages),
            lambda: python_packages.install(packages),
        ),
        ("PostgreSQL suchen", _has_postgres, _install_postgres),
        ("Node-Pakete installieren", front_end.are_packages_ready, front_end.install_packages),
        ("Oberfläche bauen", front_end.is_built, front_end.build),
        ("Übersetzungen kompilieren", _are_catalogues_compiled, _compile_catalogues),
    ]
    if kind == "test":
        steps.append(("Chromium installieren", _has_browser, browser.install_browser))
    progress = Progress(len(steps))
    try:
        for text, is_done, work in steps:
            if is_done():
                progress.skip(text)
                continue
            with progress.step(text):
                work()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def _has_browser() -> bool:
    return browser.find_browser() is not None


def _has_postgres() -> bool:
    try:
        run([python_packages.PYTHON, "-m", "infra.embedded.postgres_binaries"])
    except SetupError:
        return False
    return True


def _install_postgres() -> None:
    if not can_install_debian_packages():
        raise SetupError("PostgreSQL 15 oder neuer fehlt: installieren Sie es oder setzen Sie DATABASE_URL.")
    install_debian_packages("postgresql")


def _catalogues() -> str:
    texts = sorted(
        path for path in ROOT.glob("*/**/locale/*/LC_MESSAGES/django.po") if ".venv" not in path.parts
    )
    missing = [str(path) for path in texts if not path.with_suffix(".mo").exists()]
    return digest(texts, *missing)


def _are_catalogues_compiled() -> bool:
    return is_current(CATALOGUES_STAMP, _catalogues())


def _compile_catalogues() -> None:
    run([python_packages.PYTHON, "infra/checks/translations.py", "compile"])
    write(CATALOGUES_STAMP, _catalogues())


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if chosen not in KINDS:
        sys.exit(f"one of {', '.join(KINDS)}, not {chosen}")
    sys.exit(main(chosen))
