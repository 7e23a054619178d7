"""Which addresses never reach AWS from outside."""

from __future__ import annotations

import ipaddress

from iamlab.policy.values import read_network

__all__ = ["is_private"]

PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""RFC 1918, 6598, 3927, 4193 and 4291."""


def is_private(text: str) -> bool:
    """Return whether a text is an address, or a range, that lies in a private one.

    >>> is_private("10.1.2.0/24"), is_private("203.0.113.0/24")
    (True, False)
    """
    network = read_network(text)
    if network is None:
        return False
    return any(network.version == wide.version and network[0] in wide and network[-1] in wide for wide in PRIVATE)
