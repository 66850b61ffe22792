"""``make demo-reset``: stop what is left of the demo and delete everything it stored.

Not here: databases given by ``DATABASE_URL``; those are not ours to delete.
"""

import shutil
import sys

from infra.demo_state import left_over_processes, state_directory
from infra.embedded.processes import end_processes, processes_in
from infra.embedded.run_lock import AlreadyRunningError, RunLock


def main() -> int:
    """Delete the demo's state; return the exit status."""
    state = state_directory()
    if not state.exists():
        print("Es gibt nichts zu löschen.")
        return 0
    lock = RunLock(state / "demo.lock")
    try:
        lock.take("make demo-reset", patience_seconds=30)
    except AlreadyRunningError as error:
        print(f"Die Vorführung läuft noch ({error.note}). Beenden Sie sie zuerst.", file=sys.stderr)
        return 1
    end_processes(lambda: left_over_processes(state))
    folders = [state / service / "data" for service in ("postgres", "redis")]
    end_processes(lambda: [pid for folder in folders for pid in processes_in(folder)])
    shutil.rmtree(state)
    lock.release()
    print("Alles gelöscht. `make demo` beginnt von vorn.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
