"""The unit tests of the engines notice at least 85 of 100 faults put into them: a sample, always the same one.

The figures measured are in the table beside this file (README.md); ``python -m tests.unit.engines.test_mutation NAME``
prints them for one target, with every fault nobody noticed.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.unit.engines.mutants import NO_FAULT, TARGETS, Mutant, Target, is_noticed, sampled

SAMPLE = 60
SEED = 2027
LEAST_NOTICED = 0.85


def survivors_of(target: Target, mutants: list[Mutant]) -> list[Mutant]:
    """The faults nobody noticed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        noticed = list(pool.map(lambda mutant: is_noticed(target, mutant), mutants))
    return [mutant for mutant, is_found in zip(mutants, noticed, strict=True) if not is_found]


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_faults_in_the_engines_are_noticed(target: Target) -> None:
    assert not is_noticed(target, NO_FAULT), "the tests fail without any fault, so they prove nothing"
    mutants = sampled(target, SAMPLE, seed=SEED)
    survivors = survivors_of(target, mutants)
    assert len(survivors) <= (1 - LEAST_NOTICED) * len(mutants), survivors


if __name__ == "__main__":
    for chosen in TARGETS:
        if chosen.name in sys.argv[1:]:
            tried = sampled(chosen, SAMPLE, seed=SEED)
            left = survivors_of(chosen, tried)
            report = [f"{chosen.name}: {len(tried) - len(left)} of {len(tried)} noticed", *map(str, left), ""]
            sys.stdout.write("\n".join(report))
