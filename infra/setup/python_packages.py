"""The virtual environment ``.venv`` with exactly the locked Python packages.

Not here: which packages those are (``pyproject.toml`` and its lock files).
"""

import shutil
import sys
from pathlib import Path

from infra.setup.commands import (
    ROOT,
    VENV,
    SetupError,
    can_install_debian_packages,
    install_debian_packages,
    run,
)
from infra.stamps import digest, is_current, write

LOCKS = {"demo": ROOT / "requirements-demo.txt", "dev": ROOT / "requirements-dev.txt"}
PYTHON = VENV / "bin" / "python"
UV_LOCK = ROOT / "infra" / "setup" / "uv.txt"


def is_ready(kind: str) -> bool:
    """Say whether the packages of this kind are installed as locked; ``dev`` holds all of ``demo``."""
    return is_current(_stamp("dev"), _wanted("dev")) or is_current(_stamp(kind), _wanted(kind))


def install(kind: str) -> None:
    """Make ``.venv`` hold the packages of this kind. Raises SetupError."""
    if not _venv_works():
        _create_venv()
    _install_locked(LOCKS[kind])
    _install_project()
    for other in LOCKS:
        _stamp(other).unlink(missing_ok=True)
    write(_stamp(kind), _wanted(kind))


def _stamp(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def _wanted(kind: str) -> str:
    # The folder is part of it: a virtual environment that was moved does not work.
    return digest([LOCKS[kind], UV_LOCK, ROOT / "pyproject.toml"], str(ROOT), kind)


def _venv_works() -> bool:
    try:
        run([PYTHON, "-c", "import pip"], cwd=Path("/"))
    except (SetupError, OSError):
        return False
    return True


def _create_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([sys.executable, "-m", "venv", VENV])
    except SetupError as error:
        shutil.rmtree(VENV, ignore_errors=True)
        if not can_install_debian_packages():
            raise SetupError(
                "Python kann keine virtuelle Umgebung anlegen. Unter Debian und Ubuntu fehlt dafür das Paket"
                f" python3-venv.\n{error}"
            ) from error
        install_debian_packages("python3-venv")
        run([sys.executable, "-m", "venv", VENV])


def _install_locked(lock: Path) -> None:
    """Install with uv, ten times faster than pip; where only pip's own configuration leads to packages, with pip."""
    try:
        run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", UV_LOCK])
        run([PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock])
    except SetupError:
        run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock])


def _install_project() -> None:
    run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])
