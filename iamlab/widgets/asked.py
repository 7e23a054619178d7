"""The requests that an editor asks about: as a notebook writes them, and as a browser sends them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["Request", "own_requests", "read_requests", "without_surrogates"]

Request = dict[str, object]
FIELDS = ("action", "resource", "context", "principal", "resource_account")
MOST_OWN = 100
LONGEST = 2048
SURROGATES = re.compile("[\ud800-\udfff]")


def read_requests(requests: Sequence[Mapping[str, object] | Sequence[object]]) -> list[Request]:
    """Return a notebook's requests with ids; each is a dict, or a tuple `(action, resource[, context])`.

    Raises TypeError or ValueError with the number of the one that is no request.

    >>> read_requests([("s3:GetObject", "arn:aws:s3:::ml-training-data-bucket/train.csv")])[0]["id"]
    'r1'
    """
    listed = [_request(request, number) for number, request in enumerate(requests, 1)]
    ids = [request["id"] for request in listed]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise ValueError(f"Two requests have the id {twice!r}.")
    return listed


def _request(request: object, number: int) -> Request:
    if isinstance(request, Sequence) and not isinstance(request, str) and 2 <= len(request) <= 3:
        request = dict(zip(FIELDS, request, strict=False))
    if not isinstance(request, Mapping):
        raise TypeError(
            f"Request {number} must be a dict, or a tuple (action, resource) or (action, resource, context)."
        )
    for field in ("action", "resource"):
        if not isinstance(request.get(field), str):
            raise ValueError(f"Request {number} needs {field!r}, a string.")
    return {**request, "id": str(request.get("id", f"r{number}"))}


def own_requests(sent: object) -> list[Request]:
    """Return those of a learner's own requests that are requests, without anything else that came along."""
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return []
    return [clean for request in sent[:MOST_OWN] if (clean := _own(request)) is not None]


def _own(request: object) -> Request | None:
    if not isinstance(request, Mapping) or not all(
        _short(request.get(field)) for field in ("id", "action", "resource")
    ):
        return None
    context = request.get("context")
    kept = dict(context) if isinstance(context, Mapping) else {}
    return {
        "id": request["id"],
        "action": request["action"],
        "resource": request["resource"],
        "context": kept,
        "own": True,
    }


def _short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def without_surrogates(value: object) -> object:
    """Return a value in which every lone surrogate is U+FFFD: it could be typed, but not sent back."""
    if isinstance(value, str):
        return SURROGATES.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {without_surrogates(key): without_surrogates(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_surrogates(one) for one in value]
    return value
