"""``make lock``: resolve the newest allowed versions and write all lock files, with hashes and without addresses.

Not here: checking them (``infra.checks.lock_files``).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from infra.checks import lock_files
from infra.setup.front_end import run_npm

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = "3.11"
GROUPS: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-demo.txt": ("--group", "demo"),
    "requirements-dev.txt": ("--group", "dev"),
}


def main() -> int:
    """Write the lock files; return 1 if one is not clean afterwards."""
    for name, group in GROUPS.items():
        print(name, flush=True)
        _compile(ROOT / "pyproject.toml", ROOT / name, *group)
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "uv.in"
        wanted.write_text("uv\n")
        _compile(wanted, ROOT / "infra" / "setup" / "uv.txt", "--no-annotate")
    for place in (ROOT, ROOT / "infra" / "setup" / "browser"):
        print(place.relative_to(ROOT) / "package-lock.json", flush=True)
        run_npm("update", "--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", cwd=place)
    return lock_files.main()


def _compile(source: Path, target: Path, *words: str) -> None:
    subprocess.run(
        [
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes",
            "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--python-version", OLDEST_PYTHON,
            *words, source, "--output-file", target,
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
