"""``make check``: everything that can be said about the code without running its tests.

Not here: tests. All checks run, two at a time, each with its own line; one failure makes the whole fail.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from infra.progress import seconds

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(sys.executable)
TEMPLATE_ROOTS = ("booking_core", "onboarding", "platform", "tenants")
NO_SERVER = "postgres://nobody:nothing@127.0.0.1:9/none"  # these checks never connect
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DATABASE_URL": NO_SERVER,
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "SCHEME": "https",
    "PORT": "443",
    "BASE_HOST": "biletado.example",
    "TRUSTED_PROXIES": "1",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name in the output, its command and what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    """Return all checks, the longest first."""
    manage = (str(PYTHON), "manage.py")
    templates = [name for name in TEMPLATE_ROOTS if any((ROOT / name).rglob("templates/**/*.html"))]
    return [
        Check("types (mypy)", _tool("mypy")),
        Check("templates formatted (djlint)", (*_tool("djlint"), "--check", "--quiet", *templates)),
        Check("templates sound (djlint)", (*_tool("djlint"), "--lint", "--quiet", *templates)),
        Check("settings for production", (*manage, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
        Check("migrations complete", (*manage, "makemigrations", "--check", "--dry-run"), PRODUCTION),
        Check("import directions (import-linter)", _tool("lint-imports")),
        Check("dependencies declared (deptry)", (*_tool("deptry"), ".")),
        Check("translations complete", (str(PYTHON), "infra/checks/translations.py", "check")),
        Check("style (ruff check)", (*_tool("ruff"), "check", "--quiet", ".")),
        Check("format (ruff format)", (*_tool("ruff"), "format", "--check", "--quiet", ".")),
        Check("lock files (no addresses, all hashed)", (str(PYTHON), "-m", "infra.checks.lock_files")),
    ]  # fmt: skip


def main() -> int:
    """Run all checks; return 1 if one failed."""
    failed = 0
    start = time.monotonic()
    everything = checks()
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in as_completed([pool.submit(_run, check) for check in everything]):
            name, code, said, duration = done.result()
            print(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<45} {seconds(duration):>8}", flush=True)
            if code:
                failed += 1
                print(said.rstrip() + "\n", flush=True)
    verdict = f"{failed} of {len(everything)} checks failed" if failed else f"all {len(everything)} checks ok"
    print(f"{verdict}, {seconds(time.monotonic() - start)}", flush=True)
    return 1 if failed else 0


def _tool(name: str) -> tuple[str, ...]:
    return (str(PYTHON.parent / name),)


def _run(check: Check) -> tuple[str, int, str, float]:
    start = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environment},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return check.name, done.returncode, done.stdout, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
