"""Run the stand-in: ``python -m infra.stripe_stand_in --port N --key K --folder F --connect-url U --connect-secret S``.

Not here: what it does (``server``). ``--twice`` and ``--shuffled`` send events twice and out of order.
"""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from infra.stripe_stand_in.server import StandIn
from infra.stripe_stand_in.state import State
from infra.stripe_stand_in.webhooks import Courier, Endpoint


def main() -> int:
    """Answer until SIGTERM or SIGINT."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    state = State(folder=options.folder)
    state.load()
    courier = Courier(
        Endpoint(options.connect_url, options.connect_secret, options.host),
        Endpoint(options.platform_url, options.platform_secret, options.host),
        twice=options.twice,
        shuffled=options.shuffled,
    )
    state.on_event.append(courier.take)
    server = StandIn(state, key=options.key, port=options.port)
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    courier.start()
    server.start()
    stopped.wait()
    server.shutdown()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--host", default="", help="Host header of webhooks")
    for kind in ("connect", "platform"):
        parser.add_argument(f"--{kind}-url", default="")
        parser.add_argument(f"--{kind}-secret", default="")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--shuffled", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
