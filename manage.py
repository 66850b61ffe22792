#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run a management command; ``platform/`` is a source root beside the repository itself."""
    for root in (str(ROOT / "platform"), str(ROOT)):
        if root not in sys.path:
            sys.path.append(root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 — needs the path set above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
