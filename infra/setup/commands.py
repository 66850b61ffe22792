"""Run the programs of the setup quietly, and show what they said when they fail.

Not here: which programs.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("BILETADO_VAR", ROOT / "var")).resolve()
VENV = ROOT / ".venv"


class SetupError(Exception):
    """The machine cannot be set up; the text says why and what helps."""


def run(
    command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> str:
    """Run a program and return what it said. Raises SetupError with its words when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **cache_folders(), **(environment or {})},
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as error:
        raise SetupError(f"Das Programm {command[0]} fehlt.") from error
    if done.returncode:
        raise SetupError(f"{' '.join(map(str, command))} ist gescheitert:\n{done.stdout[-4000:]}")
    return done.stdout


def cache_folders() -> dict[str, str]:
    """Return cache folders below ``var`` for a user whose home cannot be written."""
    if _is_writable(Path.home()):
        return {}
    cache = VAR / "cache"
    return {
        "UV_CACHE_DIR": str(cache / "uv"),
        "PIP_CACHE_DIR": str(cache / "pip"),
        "npm_config_cache": str(cache / "npm"),
        "XDG_CACHE_HOME": str(cache),
        "HOME": str(cache / "home"),
    }


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def can_install_debian_packages() -> bool:
    """Say whether we are root on a Debian-like system."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_packages(*names: str) -> None:
    """Install Debian packages. Raises SetupError."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], environment=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], environment=quiet)
