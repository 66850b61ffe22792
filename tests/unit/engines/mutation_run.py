"""Runs the unit tests against each fault, in one process that forks: only the tests that come by the faulty line.

Not here: what a fault is (``mutants``), how many must be noticed (``test_mutation``). ``python -m
tests.unit.engines.mutation_run NAME SEED FILE`` writes one JSON line per fault: its number and what became of it.

    process ─ fork: all tests, traced ─────────── which test comes by which line, and how long it takes
            ├ fork: tests imported once ─ fork per fault inside a function: its code exchanged, its tests run
            └ fork per fault that works at import: the module loaded faulty, all tests run, the quick ones first
"""

import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from tests.unit.engines.mutants import ROOT, TARGETS, TESTS, Mutant, Target, faulty_code, sampled

SOUND, NOTICED, SURVIVED, UNREACHED = "sound", "noticed", "survived", "unreached"
_CPU_SECONDS = 90
_MOST_BYTES = 3 * 2**30
_LONG_ENOUGH = 300  # calls of one function in one test without a new line
_BARE = ("-o", "addopts=", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:terminal", "--noconftest",
         "--import-mode=importlib", "-m", "not slow", "-x")  # fmt: skip

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
        return self.quick_first([test for test, lines in self.lines.items() if lines & meant])

    def works_at_import(self, mutant: Mutant) -> bool:
        """Whether its lines run while modules and tests are loaded, where code exchanged later comes too late."""
        return any(
            (mutant.file, line) in self.at_import for line in range(mutant.lines[0], mutant.lines[1] + 1)
        )

    def quick_first(self, tests: list[str]) -> list[str]:
        return sorted(tests, key=lambda test: self.seconds[test])


def results(target: Target, *, seed: int) -> Iterator[tuple[int, str]]:
    """What became of each fault of the sample, by its number; first of all -1: whether the tests pass without any."""
    knowledge: Knowledge = _in_a_fork(lambda: _traced(target))
    yield -1, (SURVIVED if knowledge.failed else SOUND)
    if knowledge.failed:
        return
    mutants = sampled(target, seed=seed)
    inside = [number for number, mutant in enumerate(mutants) if mutant.is_inside]
    found: dict[int, str] = _in_a_fork(lambda: _exchanged(target, knowledge, mutants, inside))
    for number, mutant in enumerate(mutants):
        became = found.get(number, SURVIVED)
        if became != NOTICED and (not mutant.is_inside or knowledge.works_at_import(mutant)):
            is_noticed = _in_a_fork(lambda one=mutant: _loaded_faulty(target, knowledge, one))
            became = NOTICED if is_noticed is not False else SURVIVED
        yield number, became


def _in_a_fork(work: Callable[[], Any]) -> Any:
    """The work's result from a process of its own; None where it died, hung, or wanted too much memory."""
    import pickle

    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        with os.fdopen(write, "wb") as channel:
            channel.write(pickle.dumps(work()))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as channel:
        answer = channel.read()
    os.waitpid(child, 0)
    return pickle.loads(answer) if answer else None  # noqa: S301 - written by our own child


def _limited() -> None:
    """A fault may loop for ever or fill the memory: processor time and address space end."""
    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def _quiet() -> None:
    """Nothing to the screen, and Hypothesis the same each time: no shrinking, no memory of earlier failures."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutation", derandomize=True, database=None, deadline=None, phases=phases
    )
    hypothesis.settings.load_profile("mutation")


def _tests(target: Target) -> list[str]:
    return [str(TESTS / name) for name in target.tests]


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


class _Loop:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, loop: Callable[[list[pytest.Item]], None]) -> None:
        self.loop = loop

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.loop(session.items)
        return True


def _with_items(target: Target, loop: Callable[[list[pytest.Item]], None]) -> int:
    _quiet()
    return int(pytest.main([*_BARE, *_tests(target)], plugins=[_Loop(loop)]))


# --- which test comes by which line -----------------------------------------------------------------


def _traced(target: Target) -> Knowledge:
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
            if not _passes(item, following):
                knowledge.failed.append(item.nodeid)
            knowledge.seconds[item.nodeid] = process_time() - began

    sys.settrace(at_call)
    if _with_items(target, loop) not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        knowledge.failed.append("collection")
    sys.settrace(None)
    knowledge.at_import = seen.pop("", set())
    knowledge.lines = {test: seen[test] for test in knowledge.seconds}
    return knowledge


# --- faults inside functions: their code is exchanged after the import ------------------------------


def _exchanged(
    target: Target, knowledge: Knowledge, mutants: list[Mutant], numbers: list[int]
) -> dict[int, str]:
    found: dict[int, str] = {}

    def loop(items: list[pytest.Item]) -> None:
        by_name = {item.nodeid: item for item in items}
        for number in numbers:
            tests = [by_name[test] for test in knowledge.tests_of(mutants[number])]
            if not tests:
                found[number] = UNREACHED
                continue
            passed = _in_a_fork(lambda one=number, chosen=tests: _pass_with(mutants[one], chosen))
            found[number] = SURVIVED if passed else NOTICED

    _with_items(target, loop)
    return found


def _pass_with(mutant: Mutant, tests: list[pytest.Item]) -> bool:
    _limited()
    _exchange(mutant)
    return all(_passes(item, None) for item in tests)


def _exchange(mutant: Mutant) -> None:
    """Give the living functions their faulty code, and forget what sound ones had worked out before."""
    codes = {
        (code.co_qualname, code.co_firstlineno): code
        for code in _nested(faulty_code(mutant.file, mutant.place))
    }
    path = str(ROOT / mutant.file)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == path:
            code = codes.get((thing.__code__.co_qualname, thing.__code__.co_firstlineno))
            if code is not None and code != thing.__code__:
                thing.__code__ = code
        elif isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith(
            ("booking_core", "tests")
        ):
            thing.cache_clear()


def _nested(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested(constant)


# --- faults that work at import: the module is loaded faulty ----------------------------------------


def _loaded_faulty(target: Target, knowledge: Knowledge, mutant: Mutant) -> bool:
    """Whether a test fails, or nothing can even be loaded."""
    _limited()
    sys.meta_path.insert(0, _Finder(mutant))
    all_passed = False

    def loop(items: list[pytest.Item]) -> None:
        nonlocal all_passed
        by_name = {item.nodeid: item for item in items}
        by_touch = [
            test
            for test in knowledge.seconds
            if any(file == mutant.file for file, _ in knowledge.lines[test])
        ]
        others = [test for test in knowledge.seconds if test not in by_touch]
        order = [*knowledge.quick_first(by_touch), *knowledge.quick_first(others)]
        all_passed = set(order) == set(by_name) and all(_passes(by_name[test], None) for test in order)

    _with_items(target, loop)
    return not all_passed


class _FaultyLoader(importlib.machinery.SourceFileLoader):
    """Loads one module with its fault."""

    place = 0

    def get_code(self, fullname: str) -> CodeType:
        return faulty_code(str(Path(self.path).relative_to(ROOT)), self.place)


class _Finder(importlib.abc.MetaPathFinder):
    """Hands out the faulty module instead of the sound one."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = mutant.file.removesuffix(".py").replace("/", ".")
        self.loader = _FaultyLoader(self.name, str(ROOT / mutant.file))
        self.loader.place = mutant.place

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self.loader) if fullname == self.name else None


if __name__ == "__main__":
    chosen = next(target for target in TARGETS if target.name == sys.argv[1])
    with Path(sys.argv[3]).open("w", encoding="utf-8") as lines:
        for number, became in results(chosen, seed=int(sys.argv[2])):
            lines.write(json.dumps([number, became]) + "\n")
            lines.flush()
