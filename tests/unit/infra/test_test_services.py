"""The tests' own services: what one run does, another one beside it does not notice."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests import services


def test_no_two_processes_empty_the_same_redis_database() -> None:
    """Seen red with the number derived from the worker's name: a run beside this one took 0 as well."""
    mine = int(settings.REDIS_URL.rsplit("/", 1)[1])
    source = Path(services.__file__).read_text().replace("\n_start()\n", "\nprint(own_redis_number())\n")
    other = subprocess.run(
        [sys.executable, "-c", source.replace("__file__", repr(services.__file__))],
        cwd=services.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(other.stdout) != mine
