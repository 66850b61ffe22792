"""Which unit test of an engine comes by which of its lines, and how long it takes.

Not here: what is done with it (``mutation_run``).
"""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from time import process_time
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.unit.engines.mutants import ROOT, Mutant, Target
from tests.unit.engines.mutation_forks import passes, with_items

_MOST_SECONDS = 6  # of sound processor time for one fault; the slow tests beyond are left out
_LONG_ENOUGH = 300  # calls of one function in one test without a new line

Lines = set[tuple[str, int]]


@dataclass(slots=True)
class Knowledge:
    """What the traced run showed: lines by test, lines that ran at import, seconds by test, tests that failed."""

    lines: dict[str, Lines] = field(default_factory=dict)
    at_import: Lines = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that come by the fault, the quick ones first."""
        meant = {(mutant.file, line) for line in range(mutant.lines[0], mutant.lines[1] + 1)}
        return self._in_time(self.quick_first([test for test, lines in self.lines.items() if lines & meant]))

    def works_at_import(self, mutant: Mutant) -> bool:
        """Whether its lines run while modules and tests are loaded, where code exchanged later comes too late."""
        return any(
            (mutant.file, line) in self.at_import for line in range(mutant.lines[0], mutant.lines[1] + 1)
        )

    def _in_time(self, tests: list[str]) -> list[str]:
        sums = accumulate(self.seconds[test] for test in tests)
        return [
            test
            for test, spent in zip(tests, sums, strict=True)
            if spent <= _MOST_SECONDS or test == tests[0]
        ]

    def quick_first(self, tests: list[str]) -> list[str]:
        return sorted(tests, key=lambda test: self.seconds[test])


def traced(target: Target) -> Knowledge:
    """Run all tests once. A function that showed nothing new for a while is not watched any more in that test."""
    names = {str(path): str(path.relative_to(ROOT)) for path in target.sources()}
    knowledge = Knowledge()
    seen: dict[str, Lines] = defaultdict(set)
    quiet: Counter[CodeType] = Counter()
    now = ""

    def at_line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            line = (names[frame.f_code.co_filename], frame.f_lineno)
            if line not in seen[now]:
                seen[now].add(line)
                quiet[frame.f_code] = 0
        return at_line

    def at_call(frame: FrameType, _event: str, _: object) -> Any:
        code = frame.f_code
        if code.co_filename not in names or code.co_name == "<module>" or quiet[code] > _LONG_ENOUGH:
            return None
        quiet[code] += 1
        return at_line

    def loop(items: list[pytest.Item]) -> None:
        nonlocal now
        for item, following in zip(items, [*items[1:], None], strict=True):
            now, began = item.nodeid, process_time()
            quiet.clear()
            if not passes(item, following):
                knowledge.failed.append(item.nodeid)
            knowledge.seconds[item.nodeid] = process_time() - began

    sys.settrace(at_call)
    if with_items(target, loop) not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        knowledge.failed.append("collection")
    sys.settrace(None)
    knowledge.at_import = seen.pop("", set())
    knowledge.lines = {test: seen[test] for test in knowledge.seconds}
    return knowledge
