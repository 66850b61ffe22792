"""Rows of the benchmarks: plain values that can be stored, and the quotes they measure are right ones."""

import json

import pytest

from infra.benchmarks import quotes
from infra.benchmarks.quotes import quotes_row
from infra.benchmarks.rows import Row


def test_a_row_is_stored_as_json() -> None:
    row = Row("search", {"p50_ms": 1.5}, 2.5, "≤ 3 × floor", met=True)
    assert json.loads(json.dumps(row.to_data())) == {
        "name": "search",
        "figures": {"p50_ms": 1.5},
        "ratio": 2.5,
        "goal": "≤ 3 × floor",
        "met": True,
    }


@pytest.mark.parametrize(("goal", "met"), [(1, True), (10**9, False)])
def test_quotes_are_counted_and_held_against_the_goal(
    monkeypatch: pytest.MonkeyPatch, goal: int, met: bool
) -> None:
    monkeypatch.setattr(quotes, "GOAL_PER_SECOND", goal)
    row = quotes_row(rounds=1, quotes_per_round=20)
    assert row.met is met
    assert row.figures["quotes_per_second"] > 0
    assert row.figures["slowest_round"] <= row.figures["quotes_per_second"] <= row.figures["fastest_round"]
    assert str(goal) in row.goal
