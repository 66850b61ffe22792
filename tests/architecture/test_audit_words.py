"""Everything the audit trail notes has words: actions, what they were done to, and the details beside them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from booking_core.web.backoffice.presenters import audit_words

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "booking_core").rglob("*.py"), *(ROOT / "platform" / "partnership").rglob("*.py")]


def _calls() -> Iterator[ast.Call]:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit":
                yield node


def _texts(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _noted() -> tuple[set[str], set[str], set[str]]:
    actions, subjects, details = set(), set(), set()
    for call in _calls():
        if call.args:
            actions |= {text for text in _texts(call.args[0]) if "." in text and not text.endswith(".")}
        for word in call.keywords:
            if word.arg == "subject_type":
                subjects |= _texts(word.value)
            if word.arg == "data":
                for part in ast.walk(word.value):
                    if isinstance(part, ast.Dict):
                        details |= {key.value for key in part.keys if isinstance(key, ast.Constant)}  # type: ignore[misc]
    return actions, subjects, details


def test_everything_noted_has_words() -> None:
    actions, subjects, details = _noted()
    assert len(actions) > 40, "the search has lost its way"
    assert sorted(actions - audit_words.ACTIONS.keys()) == []
    assert sorted(subjects - audit_words.SUBJECTS.keys()) == []
    assert sorted(details - audit_words.DETAILS.keys()) == []
