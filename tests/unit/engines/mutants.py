"""Small faults put into the engines one at a time, and whether the tests beside this module notice.

Not here: how many must be noticed (``test_mutation``).
"""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
ENGINES = ROOT / "booking_core" / "engines"
TESTS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Target:
    """Modules that are made faulty, and the tests that have to notice: the quick and telling ones first."""

    name: str
    folder: Path
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def sources(self) -> list[Path]:
        """The files in which a fault can sit; plain data is left alone."""
        plain = {"__init__.py", "contracts.py", "infos.py"}
        files = [self.folder / f"{name}.py" for name in self.modules] or sorted(self.folder.glob("*.py"))
        return [file for file in files if file.name not in plain]


_ORDINANCE = (
    "worked_bookings", "examples", "explaining", "time", "earlier_use", "contradictions", "loading", "first_mistakes",
    "yaml_faults", "schema", "storing", "comparing", "merging", "requests", "growth", "random_documents", "properties",
    "editing",
    "entry_words", "worked",
)  # fmt: skip
TARGETS = (
    Target("ordinance", ENGINES / "ordinance", (), tuple(f"ordinance/test_{name}" for name in _ORDINANCE)),
    Target("availability", ENGINES, ("availability",), ("test_availability",)),
    Target("recurrence", ENGINES, ("recurrence",), ("test_recurrence",)),
    Target("tax", ENGINES, ("tax",), ("test_tax",)),
    Target("payment_reference", ENGINES, ("payment_reference",), ("test_payment_reference",)),
)
TOO_LONG_SECONDS = 300
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the file, the number of the place in it, the line, and what was done."""

    file: str
    place: int
    line: int
    deed: str


NO_FAULT = Mutant("", 0, 0, "no fault at all")


def all_mutants(target: Target) -> list[Mutant]:
    """Every fault that can be put into a target."""
    return [
        Mutant(str(path.relative_to(ROOT)), place, getattr(node, "lineno", 0), type(node).__name__)
        for path in target.sources()
        for place, node in enumerate(_places(ast.parse(path.read_text("utf-8"))))
    ]


def sampled(target: Target, count: int, *, seed: int) -> list[Mutant]:
    """At most ``count`` different mutants, the same ones for the same seed and source."""
    known = all_mutants(target)
    return Random(seed).sample(known, min(count, len(known)))  # noqa: S311 - a repeatable choice, not a secret


def is_noticed(target: Target, mutant: Mutant) -> bool:
    """Run the target's tests with this fault in a process of its own; a hang counts as noticed."""
    tests = [str(path) for name in target.tests if (path := TESTS / f"{name}.py").exists()]
    command = [sys.executable, "-m", "tests.unit.engines.mutants", mutant.file, str(mutant.place), *tests]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=TOO_LONG_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a fault can sit: comparisons, sums, conditions, whole numbers; not in annotations and decorators."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "keywords"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                if _can_be_wrong(node):
                    yield node
                yield from _places(node)


def _can_be_wrong(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return type(node.ops[0]) in _COMPARISONS
    if isinstance(node, ast.BinOp):
        return type(node.op) in _OPERATIONS and not isinstance(node.left, ast.JoinedStr)
    if isinstance(node, ast.Constant):
        return type(node.value) in (bool, int)
    return isinstance(node, ast.BoolOp | ast.IfExp | ast.If)


def _do_wrong(node: ast.AST) -> None:
    """Change the node in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = _COMPARISONS[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = _OPERATIONS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)


class _FaultyLoader(importlib.machinery.SourceFileLoader):
    """Loads one module with its fault."""

    place = 0

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        tree = copy.deepcopy(ast.parse(Path(self.path).read_text("utf-8")))
        _do_wrong(list(_places(tree))[self.place])
        return compile(ast.fix_missing_locations(tree), self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Hands out the faulty module instead of the sound one."""

    def __init__(self, file: str, place: int) -> None:
        self.name = file.removesuffix(".py").replace("/", ".")
        self.loader = _FaultyLoader(self.name, str(ROOT / file))
        self.loader.place = place

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(fullname, self.loader)


def _run(file: str, place: str, *tests: str) -> int:
    import pytest

    if file:  # without one, the sound engine: the tests must pass, else everything would count as noticed
        sys.meta_path.insert(0, _Finder(file, int(place)))
    bare = [
        "-o",
        "addopts=",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "--noconftest",
        "--import-mode=importlib",
    ]
    return int(pytest.main(["-q", "-x", "-m", "not slow", *bare, *tests]))


if __name__ == "__main__":
    sys.exit(_run(*sys.argv[1:]))
