"""Put on a kernel's path, this keeps every connection on the machine: lessons have to run without a network."""

import socket
from typing import Any

_connect = socket.socket.connect


def _connect_here(self: socket.socket, address: Any) -> None:
    """Connect within the machine; anything else fails as it does without a network."""
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise OSError(101, f"Lessons run without a network; this one asked for {address[0]}")
    _connect(self, address)


socket.socket.connect = _connect_here  # type: ignore[method-assign]
