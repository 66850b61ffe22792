"""Runs the unit tests against each fault, in one process that forks: only the tests that come by the faulty line.

Not here: what a fault is (``mutants``), how many must be noticed (``test_mutation``). ``python -m
tests.unit.engines.mutation_run NAME SEED FILE`` writes one JSON line per fault: its number and what became of it.

    process ─ fork: all tests, watched ────────── which test comes by which line, and how long it takes
            ├ fork: tests imported once ─ fork per fault inside a function: its code exchanged, its tests run
            └ fork per fault that works at import: the module loaded faulty, the tests that touch it run
"""

import functools
import gc
import importlib.machinery
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.unit.engines.mutants import ENGINES, ROOT, TARGETS, Mutant, Target, faulty_code, sampled
from tests.unit.engines.mutation_forks import in_a_fork, limited, passes, with_items
from tests.unit.engines.mutation_loading import Finder
from tests.unit.engines.mutation_trace import Knowledge, traced

SOUND, NOTICED, SURVIVED, UNREACHED = "sound", "noticed", "survived", "unreached"


def run(target: Target, *, seed: int, tell: Callable[[int, str], None]) -> None:
    """Tell what became of each fault of the sample, by its number, as soon as it is known, in an order by chance.

    First of all -1: whether the tests pass without any fault.
    """
    knowledge: Knowledge = in_a_fork(lambda: traced(target))
    tell(-1, "failing" if knowledge.failed else SOUND)
    if knowledge.failed:
        return
    mutants = sampled(target, seed=seed)
    inside = [number for number, mutant in enumerate(mutants) if mutant.is_inside]
    Random(seed).shuffle(inside)  # noqa: S311 - a repeatable order
    told: set[int] = in_a_fork(lambda: _exchanged(target, knowledge, mutants, inside, tell)) or set()
    for number, mutant in enumerate(mutants):
        if number not in told:
            is_noticed = in_a_fork(lambda one=mutant: _loaded_faulty(target, knowledge, one))
            tell(number, NOTICED if is_noticed is not False else SURVIVED)


# --- faults inside functions: their code is exchanged after the import ------------------------------


def _exchanged(
    target: Target,
    knowledge: Knowledge,
    mutants: list[Mutant],
    numbers: list[int],
    tell: Callable[[int, str], None],
) -> set[int]:
    """Tell of those faults; returns whose. Left open are those that nobody noticed and that may work at import."""
    told: set[int] = set()

    def loop(items: list[pytest.Item]) -> None:
        by_name = {item.nodeid: item for item in items}
        living = _Living.found()
        gc.freeze()
        for number in numbers:
            mutant = mutants[number]
            tests = [by_name[test] for test in knowledge.tests_of(mutant)]
            passed = not tests or in_a_fork(lambda one=mutant, some=tests: _pass_with(living, one, some))
            if not passed or not knowledge.works_at_import(mutant):
                told.add(number)
                tell(number, NOTICED if not passed else SURVIVED if tests else UNREACHED)

    with_items(target, loop)
    return told


@dataclass(frozen=True, slots=True)
class _Living:
    """The functions of the engines in this process, and what remembers results."""

    functions: list[FunctionType]
    memories: list[Any]

    @classmethod
    def found(cls) -> "_Living":
        things = gc.get_objects()
        ours = str(ENGINES)
        return cls(
            [one for one in things if type(one) is FunctionType and one.__code__.co_filename.startswith(ours)],
            [one for one in things if type(one) is functools._lru_cache_wrapper
             and one.__module__.startswith(("booking_core", "tests"))],
        )  # fmt: skip

    def exchange(self, mutant: Mutant) -> None:
        """Give the functions their faulty code, and forget what sound ones had worked out before."""
        found = _nested(faulty_code(mutant.file, mutant.place))
        codes = {(code.co_qualname, code.co_firstlineno): code for code in found}
        for function in self.functions:
            if function.__code__.co_filename == str(ROOT / mutant.file):
                code = function.__code__
                function.__code__ = codes.get((code.co_qualname, code.co_firstlineno), code)
        for memory in self.memories:
            memory.cache_clear()


def _pass_with(living: _Living, mutant: Mutant, tests: list[pytest.Item]) -> bool:
    limited()
    living.exchange(mutant)
    return all(passes(item, None) for item in tests)


def _nested(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested(constant)


# --- faults that work at import: the module is loaded faulty ----------------------------------------


def _loaded_faulty(target: Target, knowledge: Knowledge, mutant: Mutant) -> bool:
    """Whether a test fails, or nothing can even be loaded."""
    limited()
    files = [ROOT / mutant.file]
    sys.meta_path.insert(0, Finder(files, lambda name, path: _FaultyLoader(name, path, mutant.place)))
    all_passed = False

    def loop(items: list[pytest.Item]) -> None:
        nonlocal all_passed
        by_name = {item.nodeid: item for item in items}
        touching = [
            test for test, lines in knowledge.lines.items() if any(file == mutant.file for file, _ in lines)
        ]
        order = knowledge.in_time(touching or list(knowledge.seconds))
        all_passed = set(knowledge.seconds) == set(by_name) and all(
            passes(by_name[test], None) for test in order
        )

    with_items(target, loop)
    return not all_passed


class _FaultyLoader(importlib.machinery.SourceFileLoader):
    """Loads one module with its fault."""

    def __init__(self, name: str, path: str, place: int) -> None:
        super().__init__(name, path)
        self.place = place

    def get_code(self, fullname: str) -> CodeType:
        return faulty_code(str(Path(self.path).relative_to(ROOT)), self.place)


if __name__ == "__main__":
    chosen = next(target for target in TARGETS if target.name == sys.argv[1])
    with Path(sys.argv[3]).open("a", encoding="utf-8", buffering=1) as lines:
        run(
            chosen,
            seed=int(sys.argv[2]),
            tell=lambda number, became: lines.write(json.dumps([number, became]) + "\n"),
        )
