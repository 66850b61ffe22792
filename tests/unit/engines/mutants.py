"""Small faults that can be put into the engines: where they can sit, a repeatable sample, the faulty code.

Not here: running the tests against them (``mutation_run``), how many must be noticed (``test_mutation``).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from random import Random
from types import CodeType

ROOT = Path(__file__).resolve().parents[3]
ENGINES = ROOT / "booking_core" / "engines"
TESTS = Path(__file__).parent
_PLAIN_DATA = {"__init__.py", "contracts.py", "infos.py"}
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
class Target:
    """Modules that are made faulty, the tests that have to notice, and how many faults are tried."""

    name: str
    folder: Path
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int

    def sources(self) -> list[Path]:
        """The files in which a fault can sit; plain data is left alone."""
        files = [self.folder / f"{name}.py" for name in self.modules] or sorted(self.folder.glob("*.py"))
        return [file for file in files if file.name not in _PLAIN_DATA]


def _single(name: str) -> Target:
    return Target(name, ENGINES, (name,), (f"test_{name}.py",), sample=1_000)


TARGETS = (
    Target("ordinance", ENGINES / "ordinance", (), ("ordinance",), sample=300),
    *map(_single, ("availability", "recurrence", "tax", "payment_reference")),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the file, the number of the place in it, what is changed, and the lines that run into it.

    ``is_inside`` says that it sits in the body of a function, so that it can be put in after the import.
    """

    file: str
    place: int
    line: int
    deed: str
    lines: tuple[int, int]
    is_inside: bool

    def __str__(self) -> str:
        return f"{Path(self.file).name}:{self.line} {self.deed} (place {self.place})"


def all_mutants(target: Target) -> list[Mutant]:
    """Every fault that can be put into a target, file by file."""
    return [
        replace(mutant, file=str(path.relative_to(ROOT)), place=place)
        for path in target.sources()
        for place, (_, mutant) in enumerate(
            _places(ast.parse(path.read_text("utf-8")), (0, 0), is_inside=False)
        )
    ]


def sampled(target: Target, *, seed: int) -> list[Mutant]:
    """The target's sample: of each file its share, and at least two. The same for the same seed and source."""
    known = all_mutants(target)
    chosen: list[Mutant] = []
    for _, found in groupby(known, key=lambda mutant: mutant.file):
        there = list(found)
        share = max(2, round(len(there) * target.sample / len(known)))
        chosen += Random(seed).sample(there, min(share, len(there)))  # noqa: S311 - a repeatable choice
    return chosen


def faulty_code(file: str, place: int) -> CodeType:
    """The code of a module with one fault in it."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    nodes = [node for node, _ in _places(tree, (0, 0), is_inside=False)]
    _do_wrong(nodes[place])
    return compile(ast.fix_missing_locations(tree), str(ROOT / file), "exec")


def _places(tree: ast.AST, lines: tuple[int, int], *, is_inside: bool) -> Iterator[tuple[ast.AST, Mutant]]:
    """Where a fault can sit: comparisons, sums, conditions, whole numbers; not in annotations and decorators."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "keywords"):
            continue
        within = is_inside or (name == "body" and isinstance(tree, ast.FunctionDef))
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                around = _lines_of(node) or lines
                if _can_be_wrong(node):
                    line = getattr(node, "lineno", 0)
                    yield node, Mutant("", 0, line, _deed(node), around, within)
                yield from _places(node, around, is_inside=within)


def _lines_of(node: ast.AST) -> tuple[int, int] | None:
    """First and last line of a statement; of one with a body its head alone. None for what is no statement."""
    if isinstance(node, ast.match_case):
        return node.pattern.lineno, node.body[0].lineno
    if not isinstance(node, ast.stmt):
        return None
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    return node.lineno, max(node.lineno, last)


def _can_be_wrong(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return type(node.ops[0]) in _COMPARISONS
    if isinstance(node, ast.BinOp):
        return type(node.op) in _OPERATIONS and not isinstance(node.left, ast.JoinedStr)
    if isinstance(node, ast.Constant):
        return type(node.value) in (bool, int)
    return isinstance(node, ast.BoolOp | ast.IfExp | ast.If)


def _deed(node: ast.AST) -> str:
    """What is done there, as the source has it: ``not: <condition>``, ``turned: a < b``, ``+1: 3``."""
    if isinstance(node, ast.If | ast.IfExp):
        return f"not: {ast.unparse(node.test)}"
    if isinstance(node, ast.Constant):
        return f"flipped: {node.value}" if isinstance(node.value, bool) else f"+1: {node.value}"
    return f"turned: {ast.unparse(node)}"


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
