"""What the demo prepares before it opens. Not here: its services (``test_embedded_services``, ``test_supervisor``)."""

from pathlib import Path

import pytest

from infra import demo
from infra.preparation import Preparation


def test_kept_towns_are_brought_up_to_date_with_the_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the code whoever kept the data sees no page of an old schema.

    Seen red while only the shared tables and the template were migrated.
    """
    found: list[Preparation] = []
    monkeypatch.setattr(demo, "run_once", lambda commands, **_: found.extend(commands))
    (tmp_path / "towns.txt").touch()
    run = demo.Demo(tmp_path, 8000)
    run._environment = {"DATABASE_URL": "postgres://localhost/none"}
    run._prepare()
    first = {one.command[:2]: one.inputs for one in found[:3]}
    assert list(first) == [
        ("migrate_schemas", "--shared"),
        ("prepare_template",),
        ("migrate_schemas", "--tenant"),
    ]
    assert len(set(first.values())) == 1
