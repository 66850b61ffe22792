"""The layout of the house: what a stray file or a drawer without a name would break."""

import ast
import platform
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "platform/operator_console", "platform/design_system", "tenants", "onboarding", "booking_core/kernel",
    "booking_core/engines", "booking_core/identity", "booking_core/catalog", "booking_core/ordinances",
    "booking_core/reservations", "booking_core/messaging", "booking_core/workflows", "booking_core/api/v1",
    "booking_core/web/citizen", "booking_core/web/backoffice", "config", "infra",
]  # fmt: skip
DRAWERS = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "manager.py", "managers.py"}
LONGEST_MODULE = 300


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_platform_is_only_a_source_root() -> None:
    """Law: one ``platform/__init__.py`` would hide the standard library's module."""
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert Path(platform.__file__).parent != ROOT / "platform"
    assert platform.python_version()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_of_the_design_exists(room: str) -> None:
    assert list((ROOT / room).glob("*.py"))


def test_no_drawer_without_a_name() -> None:
    assert not [str(path) for path in _tracked("*.py") if path.name in DRAWERS]


def test_modules_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _tracked("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _tracked("*.py")
        if "migrations" not in path.parts
        and path.read_text().strip()
        and not path.read_text().removeprefix("#!/usr/bin/env python3\n").startswith(('"""', 'r"""'))
    ]
    assert silent == []


def test_pages_change_units_only_where_closures_follow() -> None:
    """Pages use ``workflows.offering``: a unit added past it would be open at a closed location."""
    bare = {"save_resource", "make_parts", "set_claims"}
    found = [
        (str(path.relative_to(ROOT)), node.module, alias.name)
        for path in _tracked("booking_core/web/*.py", "booking_core/api/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in bare
    ]
    assert found == []
