"""A preferred port is kept while it is free, and left while somebody listens there.

Not here: the servers that use it.
"""

import socket

from infra.embedded.free_port import LOOPBACK, free_port, is_free


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        assert free_port(preferred=port) != port


def test_a_free_preferred_port_is_kept() -> None:
    port = free_port()
    assert is_free(port)
    assert free_port(preferred=port) == port
