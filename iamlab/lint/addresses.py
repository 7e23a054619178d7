"""Which addresses never reach AWS from outside."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from iamlab.lint.check import Finding
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject
from iamlab.policy.statement import ConditionTest
from iamlab.policy.values import read_network

__all__ = ["is_private", "only_private", "private_among_others"]

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


def only_private(subject: Subject, operator: str) -> Iterator[ConditionTest]:
    """Yield the tests of `aws:SourceIp` by an operator that name nothing but private addresses."""
    for test in _tests(subject, operator):
        if test.values and all(is_private(value.text) for value in test.values):
            yield test


def private_among_others(subject: Subject, operator: str) -> Iterator[Finding]:
    """Yield a finding for each private address that an operator compares with `aws:SourceIp` beside public ones."""
    for test in _tests(subject, operator):
        private = [value for value in test.values if is_private(value.text)]
        for value in private if len(private) < len(test.values) else ():
            message = f"`{value.text}` is private, and `aws:SourceIp` is a public address."
            fix = removal(subject.text, value.span, f"Remove `{value.text}`", changes_access=True)
            yield Finding(value.span, message, "Remove it, or compare `aws:VpcSourceIp`.", fix)


def _tests(subject: Subject, operator: str) -> Iterator[ConditionTest]:
    for _, test in subject.conditions:
        if test.key.lower() == "aws:sourceip" and test.use.operator.name == operator:
            yield test
