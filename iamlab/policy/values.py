"""How texts are read as numbers, dates, addresses and so on: the types of condition values.

Each reader takes the text of a value and returns what it stands for, or None where it cannot be read (rule O39: the
documentation does not say what then happens; a value that cannot be read equals nothing).
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

__all__ = ["read_address", "read_binary", "read_bool", "read_date", "read_network", "read_number"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_number(text: str) -> Decimal | None:
    """Read an integer or a decimal (rule O17).

    >>> read_number("10") == read_number("10.0")
    True
    """
    return Decimal(text) if NUMBER.fullmatch(text) else None


@lru_cache(maxsize=4096)
def read_date(text: str) -> Decimal | None:
    """Read a date as seconds since 1970: ISO 8601 in W3C's profile, or epoch seconds (rule O19).

    Four digits are a year. A time without a zone is taken as UTC; the documentation does not say.

    >>> read_date("2026-11-24T10:00:00+01:00") == read_date("2026-11-24T09:00Z")
    True
    """
    match = DATE.fullmatch(text)
    if not match:
        return read_number(text)
    try:
        moment = datetime(
            int(match["year"]),
            int(match["month"] or 1),
            int(match["day"] or 1),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    since = moment - EPOCH - _offset(match["zone"])
    return Decimal(since.days * 86_400 + since.seconds) + Decimal(match["fraction"] or 0)


def _offset(zone: str | None) -> timedelta:
    if zone in (None, "Z"):
        return timedelta(0)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return size if zone[0] == "+" else -size


def read_bool(text: str) -> bool | None:
    """Read `true` or `false`, whatever their case (rule O22; on case the documentation is silent)."""
    return {"true": True, "false": False}.get(text.lower())


def read_binary(text: str) -> bytes | None:
    """Read base64 (rule O23)."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


@lru_cache(maxsize=4096)
def read_address(text: str) -> Address | None:
    """Read an IPv4 or IPv6 address, in any notation (rule O24)."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def read_network(text: str) -> Network | None:
    """Read an address range; an address alone is a range of one.

    Rule O24. For IPv6 the page says /32 as well, which would make one address a huge range.
    """
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
