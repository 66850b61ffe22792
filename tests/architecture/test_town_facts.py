"""Whatever changes the catalogue or the tariffs tells so; else pages would go on showing what was there before."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Drafts are read from the database each time; adopting one changes nothing that is in force.
EXCEPT = {"ordinance.adopted"}
MODULES = [
    *sorted((ROOT / "booking_core/catalog").rglob("services/*.py")),
    *sorted((ROOT / "booking_core/ordinances").glob("services*.py")),
    *sorted((ROOT / "booking_core/ordinances").rglob("services/*.py")),
]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT / "booking_core")))
def test_every_write_that_is_audited_is_told(module: Path) -> None:
    """Every write is audited, so each call of ``audit`` stands right behind one of ``town_facts_changed``."""
    code = module.read_text()
    silent = [
        action
        for before, action in re.findall(r"([^\n]*)\n *audit\(\s*([^,]*)", code)
        if "town_facts_changed()" not in before and not any(name in action for name in EXCEPT)
    ]
    assert silent == []
