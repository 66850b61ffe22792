"""The ``ordinance`` command: check with exit status, quote as JSON, the schema."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.unit.engines.ordinance.documents import LIBRARY

NUSSBAUM = LIBRARY / "nussbaum-halle.yaml"
BORGSTEDT = LIBRARY / "borgstedt-doerpshus.yaml"
_BOOKING = '{"resources": ["grosser_saal"], "start": "2026-09-12T11:00", "end": "2026-09-13T11:00", %s}'


def _run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("ordinance", *arguments, stdout=out)
    return out.getvalue()


def test_check_tells_every_example() -> None:
    told = _run("check", str(NUSSBAUM), str(BORGSTEDT))
    assert "✓ local_family_summer\n" in told
    assert "✓ nine_hours (beyond_eight_hours=handover_period)\n" in told
    assert "✗" not in told


def test_check_tells_the_difference_and_fails(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BORGSTEDT.read_text("utf-8").replace("total: 115.00", "total: 116.00"), "utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("ordinance", "check", str(wrong), stdout=out)
    assert ended.value.code == 1
    assert "✗ hall_plus_tea_kitchen" in out.getvalue()
    assert "116.00" in out.getvalue()
    assert "115.00" in out.getvalue()
    assert "= 1 handover_period × " in out.getvalue(), "the lines that came out explain the difference"


def test_check_tells_the_line_of_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BORGSTEDT.read_text("utf-8").replace("state: SH", "state: XX"), "utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("ordinance", "check", str(wrong), stdout=out)
    assert f"{wrong}:6:1: state" in out.getvalue()


def test_quote_prints_the_outcome_lines_and_paragraphs(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(
        json.dumps(
            {
                "resources": ["grosser_saal"],
                "start": "2026-09-12T11:00",
                "end": "2026-09-13T11:00",
                "group": "private",
            }
        )
    )
    told = json.loads(_run("quote", str(BORGSTEDT), "--request", str(request)))
    assert told["outcome"] == "accepted"
    assert told["total"] == {"cents": 9000, "currency": "EUR"}
    assert told["deposit"] == {"cents": 18000, "currency": "EUR"}
    assert told["lines"][0]["paragraph"] == "Gebühren je Raum"


@pytest.mark.parametrize(
    ("request_text", "told"),
    [
        ("no json", "JSON"),
        ('{"resources": ["x"], "start": "2026-09-12T11:00"}', "start"),
        ('{"resources": ["x"], "grup": "a"}', "Meinten Sie group?"),
        ('{"resources": ["x"], "start": "2026-09-12T11:00", "end": "2026-09-12T11:00"}', "nach dem Anfang"),
        (_BOOKING % '"group": "privat"', "Meinten Sie private?"),
        (_BOOKING % '"extras": {"unicorn": 1}', "Unbekannt: unicorn"),
        (_BOOKING % '"readings": {"beyond_eight_hours": "never"}', "Unbekannt: never"),
        (_BOOKING % '"persons": -1', "mindestens 0"),
        ("[1, 2]", "Felder erwartet"),
    ],
)
def test_a_wrong_request_is_told(tmp_path: Path, request_text: str, told: str) -> None:
    request = tmp_path / "request.json"
    request.write_text(request_text)
    with pytest.raises(CommandError, match=told.replace("?", r"\?")) as caught:
        _run("quote", str(BORGSTEDT), "--request", str(request))
    assert caught.value.returncode == 2


def test_a_file_that_is_not_there_is_told_and_the_others_are_checked() -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("ordinance", "check", "nowhere.yaml", str(NUSSBAUM), stdout=out)
    assert ended.value.code == 1
    assert "nowhere.yaml" in out.getvalue()
    assert "✓ local_family_summer" in out.getvalue()


def test_check_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NUSSBAUM.read_bytes())))
    assert "✓ local_family_summer\n" in _run("check", "-")


def test_check_tells_a_file_in_another_encoding(tmp_path: Path) -> None:
    wrong = tmp_path / "latin.yaml"
    wrong.write_bytes(NUSSBAUM.read_text("utf-8").encode("latin-1", "replace"))
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("ordinance", "check", str(wrong), stdout=out)
    assert "UTF-8" in out.getvalue()


def test_the_reference_is_markdown_in_both_languages() -> None:
    assert _run("reference", "--language", "de").startswith("# Die Satzungssprache\n")
    assert _run("reference", "--language", "en").startswith("# The ordinance language\n")


def test_the_schema_is_json() -> None:
    assert json.loads(_run("schema"))["title"] == "Ordinance"
