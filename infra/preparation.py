"""Management commands that the demo runs only when their inputs changed, all in one process.

Not here: which commands (``demo``) and the process that runs them (``demo_prepare``).
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.processes import dying_with_parent
from infra.progress import Progress
from infra.stamps import is_current, write

ROOT = Path(__file__).resolve().parents[1]


class PreparationError(Exception):
    """A command failed; the text holds what it said."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """A management command, a hash of its inputs, and where its output goes if not into the log folder."""

    text: str
    inputs: str
    command: tuple[str, ...]
    output: Path | None = None

    @property
    def name(self) -> str:
        """A name for its stamp and its log."""
        return "-".join(word.strip("-") for word in self.command)


def run_once(
    commands: Sequence[Preparation], *, state: Path, environment: Mapping[str, str], progress: Progress
) -> None:
    """Run in their order those that were not run for their inputs. Raises PreparationError."""
    log = state / "log" / "prepare.log"
    log.parent.mkdir(exist_ok=True)
    needed = [item for item in commands if not is_current(state / "done" / item.name, item.inputs)]
    with _process(needed, log=log, environment=environment) as answers:
        for item in commands:
            if item not in needed:
                progress.skip(item.text)
                continue
            with progress.step(item.text):
                answer = next(answers, b"")
                while answer.rstrip().endswith("…".encode()):
                    progress.tell(answer.decode().strip())
                    answer = next(answers, b"")
                if answer != b"done\n":
                    said = log.read_text("utf-8", errors="replace")[-4000:]
                    raise PreparationError(f"manage.py {' '.join(item.command)} ist gescheitert:\n{said}")
                write(state / "done" / item.name, item.inputs)


@contextlib.contextmanager
def _process(
    commands: Sequence[Preparation], *, log: Path, environment: Mapping[str, str]
) -> Iterator[Iterator[bytes]]:
    """Start the process and give its lines: what a command announces, and ``done`` after each."""
    if not commands:
        yield iter(())
        return
    order = [
        {"command": item.command, "output": str(item.output or log.with_name(f"{item.name}.log"))}
        for item in commands
    ]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.demo_prepare", json.dumps(order)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,  # Ctrl-C is for us; we end it
            preexec_fn=dying_with_parent(),  # noqa: PLW1509 — one C call, and there are no threads here
        )
    try:
        yield iter(process.stdout or ())
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate()
