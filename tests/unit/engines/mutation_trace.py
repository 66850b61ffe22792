"""Which unit test of an engine comes by which of its lines, and how long it takes.

Not here: what is done with it (``mutation_run``). Before each statement of the engine one assignment is put that
notes it, so that watching costs little: ``statement`` becomes ``_noted[7] = 1; statement``.
"""

import ast
import importlib.machinery
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from time import process_time
from types import CodeType, ModuleType

import pytest

from tests.unit.engines.mutants import ROOT, Mutant, Target
from tests.unit.engines.mutation_forks import passes, with_items
from tests.unit.engines.mutation_loading import Finder

_MOST_SECONDS = 15  # of sound processor time for one fault; the slow tests beyond are left out

Lines = set[tuple[str, int]]


@dataclass(slots=True)
class Knowledge:
    """What the watched run showed: lines by test, lines that ran at import, seconds by test, tests that failed."""

    lines: dict[str, Lines] = field(default_factory=dict)
    at_import: Lines = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that come by the fault, in the order they are tried."""
        meant = {(mutant.file, line) for line in range(mutant.lines[0], mutant.lines[1] + 1)}
        return self.in_time([test for test, lines in self.lines.items() if lines & meant])

    def works_at_import(self, mutant: Mutant) -> bool:
        """Whether its lines run while modules and tests are loaded, where code exchanged later comes too late."""
        return any(
            (mutant.file, line) in self.at_import for line in range(mutant.lines[0], mutant.lines[1] + 1)
        )

    def in_time(self, tests: list[str]) -> list[str]:
        """One example of each test before the second of any, the quick ones first, as many as there is time for."""
        seen, turns = Counter[str](), dict[str, int]()
        for test in sorted(tests, key=lambda one: self.seconds[one]):
            name = test.partition("[")[0]
            turns[test] = seen[name]
            seen[name] += 1
        ordered = sorted(tests, key=lambda test: (turns[test], self.seconds[test]))
        sums = accumulate(self.seconds[test] for test in ordered)
        return [
            test
            for test, spent in zip(ordered, sums, strict=True)
            if spent <= _MOST_SECONDS or test == ordered[0]
        ]


class _Watch:
    """A place in memory for each statement of the engine; 1 once it ran."""

    def __init__(self) -> None:
        self.noted = bytearray()
        self.lines: list[Lines] = []

    def place(self, file: str, first: int, last: int) -> int:
        self.noted.append(0)
        self.lines.append({(file, line) for line in range(first, last + 1)})
        return len(self.noted) - 1

    def taken(self) -> Lines:
        """What ran since the last look."""
        ran = set().union(*(self.lines[place] for place, one in enumerate(self.noted) if one))
        self.noted[:] = bytes(len(self.noted))
        return ran


class _WatchedLoader(importlib.machinery.SourceFileLoader):
    """Loads one module with an assignment before each of its statements."""

    def __init__(self, name: str, path: str, watch: _Watch) -> None:
        super().__init__(name, path)
        self.watch = watch

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["_noted"] = self.watch.noted
        super().exec_module(module)

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_text("utf-8"))
        file = str(Path(self.path).relative_to(ROOT))
        for block in list(_blocks(tree)):
            block[:] = [one for statement in block for one in self._noting(file, statement)]
        return compile(ast.fix_missing_locations(tree), self.path, "exec")

    def _noting(self, file: str, statement: ast.stmt) -> Iterator[ast.stmt]:
        if not _is_first_of_all(statement):
            place = self.watch.place(file, statement.lineno, _last_of_head(statement))
            note = ast.parse(f"_noted[{place}] = 1").body[0]
            for node in ast.walk(note):
                ast.copy_location(node, statement)
            yield note
        yield statement


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block


def _is_first_of_all(statement: ast.stmt) -> bool:
    """A docstring or an import from the future, before which nothing may stand."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _last_of_head(statement: ast.stmt) -> int:
    """The last line that runs with it; all of a ``match``, whose patterns are tried one after the other."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return max(statement.lineno, last)


def traced(target: Target) -> Knowledge:
    """Run all tests once, and note what each of them comes by."""
    knowledge, watch = Knowledge(), _Watch()
    sys.meta_path.insert(0, Finder(target.sources(), lambda name, path: _WatchedLoader(name, path, watch)))

    def loop(items: list[pytest.Item]) -> None:
        knowledge.at_import = watch.taken()
        for item, following in zip(items, [*items[1:], None], strict=True):
            began = process_time()
            if not passes(item, following):
                knowledge.failed.append(item.nodeid)
            knowledge.seconds[item.nodeid] = process_time() - began
            knowledge.lines[item.nodeid] = watch.taken()

    if with_items(target, loop) not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        knowledge.failed.append("collection")
    return knowledge
