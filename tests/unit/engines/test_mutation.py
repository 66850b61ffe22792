"""The unit tests of the engines notice at least 85 of 100 faults put into them: a sample, always the same one.

The figures measured are in the table beside this file (README.md); ``python -m tests.unit.engines.test_mutation NAME``
prints them for one target, with every fault nobody noticed.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.unit.engines.mutants import ROOT, TARGETS, Mutant, Target, sampled

SEED = 2027
LEAST_NOTICED = 0.85


def tried(target: Target) -> dict[Mutant, str]:
    """What became of each fault of the sample."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "results"
        command = [sys.executable, "-m", "tests.unit.engines.mutation_run", target.name, str(SEED), str(file)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        results = dict(json.loads(line) for line in file.read_text("utf-8").splitlines())
    assert results.pop(-1) == "sound", "the tests fail without any fault, so they prove nothing"
    return {mutant: results[number] for number, mutant in enumerate(sampled(target, seed=SEED))}


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_faults_in_the_engines_are_noticed(target: Target) -> None:
    results = tried(target)
    survivors = [str(mutant) for mutant, became in results.items() if became != "noticed"]
    assert len(survivors) <= (1 - LEAST_NOTICED) * len(results), survivors


def _table(results: dict[Mutant, str]) -> str:
    """Noticed of tried by module, and what nobody noticed."""
    by_file = Counter(Path(mutant.file).stem for mutant in results)
    noticed = Counter(Path(mutant.file).stem for mutant, became in results.items() if became == "noticed")
    figures = [f"{name} {noticed[name]}/{by_file[name]}" for name in sorted(by_file)]
    survivors = [f"  {became}: {mutant}" for mutant, became in results.items() if became != "noticed"]
    return "\n".join([f"{noticed.total()} of {by_file.total()} noticed", ", ".join(figures), *survivors, ""])


if __name__ == "__main__":
    for chosen in TARGETS:
        if chosen.name in sys.argv[1:]:
            sys.stdout.write(f"{chosen.name}: {_table(tried(chosen))}")
