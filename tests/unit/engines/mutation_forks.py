"""Runs unit tests of the engines inside forks of this process: quiet, limited, without Django.

Not here: faults (``mutants``), what is run against them (``mutation_run``).
"""

import os
import pickle
import resource
import signal
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from tests.unit.engines.mutants import TESTS, Target

_CPU_SECONDS = 90
_MOST_BYTES = 3 * 2**30
_MOST_EXAMPLES = 20
_BARE = ("-o", "addopts=", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:terminal", "--noconftest",
         "--import-mode=importlib", "-m", "not slow", "-x")  # fmt: skip


def in_a_fork(work: Callable[[], Any]) -> Any:
    """The work's result from a process of its own; None where it died, hung, or wanted too much memory."""
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


def limited() -> None:
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


def passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _few_examples(item: pytest.Item) -> None:
    """Let a property be tried with few examples, so that many faults can be tried; its own setting may be fewer."""
    test = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None and own.max_examples > _MOST_EXAMPLES:
        test._hypothesis_internal_use_settings = hypothesis.settings(own, max_examples=_MOST_EXAMPLES)


class _Loop:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, loop: Callable[[list[pytest.Item]], None]) -> None:
        self.loop = loop

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            _few_examples(item)
        self.loop(session.items)
        return True


def with_items(target: Target, loop: Callable[[list[pytest.Item]], None]) -> int:
    _quiet()
    return int(pytest.main([*_BARE, *_tests(target)], plugins=[_Loop(loop)]))
