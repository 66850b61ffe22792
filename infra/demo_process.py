"""A demo of its own for pictures and measurements: other ports, other data, the same program.

Not here: the demo itself (``demo``).
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.free_port import free_port

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("BILETADO_VAR", ROOT / "var")).resolve()
STOP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class RunningDemo:
    """What the demo said when it was ready."""

    port: int
    output: str
    start_seconds: float

    @property
    def main_address(self) -> str:
        """The main host's address, with a slash at its end."""
        return f"http://biletado.localhost:{self.port}/"

    @property
    def town_addresses(self) -> list[str]:
        """The towns' addresses in the order in which the demo names them, each once."""
        towns = re.findall(rf"http://[a-z0-9-]+\.biletado\.localhost:{self.port}/", self.output)
        return list(dict.fromkeys(towns))


@contextlib.contextmanager
def running_demo(name: str) -> Iterator[RunningDemo]:
    """Start a demo with state in ``var/NAME`` and stop it afterwards. Raises RuntimeError with what it said."""
    port = free_port()
    environment = {**os.environ, "BILETADO_VAR": str(VAR / name), "PORT": str(port)}
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "infra.demo"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield RunningDemo(port, _output_until_ready(process), time.monotonic() - start)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=STOP_SECONDS)
        elif process.stdout is not None:
            process.stdout.close()


def _output_until_ready(process: subprocess.Popen[str]) -> str:
    lines: list[str] = []
    if process.stdout is not None:
        for line in process.stdout:
            lines.append(line)
            print(line, end="", flush=True)
            if line.startswith("Strg-C"):
                return "".join(lines)
    raise RuntimeError("the demo did not start:\n" + "".join(lines))
