"""Node packages and the built style sheets and scripts.

Not here: what is built (``platform/design_system/frontend``).
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from infra.setup.commands import ROOT, VENV, SetupError, run
from infra.stamps import digest, is_current, write

OLDEST_NODE = 20
LOCKS = [ROOT / "package.json", ROOT / "package-lock.json"]
MODULES = ROOT / "node_modules"
DESIGN_SYSTEM = ROOT / "platform" / "design_system"
BUILT = DESIGN_SYSTEM / "static" / "design_system" / "dist"


def are_packages_ready() -> bool:
    """Say whether the Node packages are installed as locked."""
    return is_current(MODULES / ".installed", digest(LOCKS))


def install_packages() -> None:
    """Install the locked Node packages. Raises SetupError."""
    run_npm("ci", "--no-audit", "--no-fund")
    write(MODULES / ".installed", digest(LOCKS))


def is_built() -> bool:
    """Say whether the built files belong to the sources."""
    return is_current(BUILT / ".built", _sources())


def build() -> None:
    """Build style sheets and scripts. Raises SetupError."""
    run_npm("run", "build")
    write(BUILT / ".built", _sources())


def run_npm(*words: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """Run npm of this machine, or the one among the Python packages where Node is missing or too old."""
    folder = _node_folder()
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    return run([folder / "npm", *words], environment={"PATH": path, **(environment or {})}, cwd=cwd)


def _sources() -> str:
    return digest([DESIGN_SYSTEM / "frontend", *LOCKS])


def _node_folder() -> Path:
    for folder in (Path(found).parent for found in [shutil.which("node")] if found):
        if (folder / "npm").exists() and _major_version(folder / "node") >= OLDEST_NODE:
            return folder
    if (VENV / "bin" / "npm").exists():
        return VENV / "bin"
    raise SetupError(f"Node {OLDEST_NODE} oder neuer fehlt.")


def _major_version(node: Path) -> int:
    try:
        said = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
        return int(said.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0
