"""Run several management commands in one process, because starting Django costs more than most of them.

Not here: which commands, and when they may be skipped (``demo``). One argument: a JSON list of
``{"command": [words], "output": path}``. Prints ``done`` after each; a failure ends it with a traceback.
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the commands in their order, each with its output in its file."""
    sys.path.append(str(ROOT / "platform"))  # a source root, as manage.py has it
    django.setup()
    for entry in json.loads(sys.argv[1]):
        name, *words = entry["command"]
        with Path(entry["output"]).open("w", encoding="utf-8") as output, redirect_stdout(output):
            call_command(name, *words, stdout=output)  # redirected too, because some commands just print
        connection.close()  # the next command starts in the public schema
        print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
