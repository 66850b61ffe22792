"""Hands out modules of the engines as changed, instead of the sound ones.

Not here: what is changed in them (``mutation_run`` puts faults in, ``mutation_trace`` notes).
"""

import importlib.abc
import importlib.machinery
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from tests.unit.engines.mutants import ROOT

Loading = Callable[[str, str], importlib.machinery.SourceFileLoader]


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of these files with another loader."""

    def __init__(self, files: Sequence[Path], loading: Loading) -> None:
        names = {".".join(file.relative_to(ROOT).with_suffix("").parts): str(file) for file in files}
        self.loaders = {name: loading(name, path) for name, path in names.items()}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        loader = self.loaders.get(fullname)
        return importlib.util.spec_from_loader(fullname, loader) if loader else None
