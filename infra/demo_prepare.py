"""Run several management commands in one process, because starting Django costs more than most of them.

Not here: which commands, and when they may be skipped (``demo``). One argument: a JSON list of
``{"command": [words], "output": path}``. Prints ``done`` after each, and before that every line of the command that
announces something (it ends in "…"); a failure ends it with a traceback.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TextIO

import django
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


class _Telling(io.TextIOBase):
    """Writes everything to a file, and lines that announce something to the demo as well."""

    def __init__(self, file: TextIO, demo: TextIO) -> None:
        self._file = file
        self._demo = demo

    def write(self, text: str) -> int:
        """Write to the file, and perhaps to the demo."""
        if text.rstrip().endswith("…"):
            print(text.strip(), file=self._demo, flush=True)
        return self._file.write(text)


def main() -> int:
    """Run the commands in their order, each with its output in its file."""
    sys.path.append(str(ROOT / "platform"))  # a source root, as manage.py has it
    django.setup()
    for entry in json.loads(sys.argv[1]):
        name, *words = entry["command"]
        with Path(entry["output"]).open("w", encoding="utf-8") as file:
            output = _Telling(file, sys.stdout)
            with redirect_stdout(output):  # some commands just print
                call_command(name, *words, stdout=output)
        connection.close()  # the next command starts in the public schema
        print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
