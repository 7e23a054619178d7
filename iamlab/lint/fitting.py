"""Which actions can name which resources: a pattern of a policy against the shapes of ARNs in the catalogue.

Source: the Service Authorization Reference's tables of actions and resource types
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache, lru_cache

from iamlab.aws.catalogue import ResourceType, find_action, resource_types, services, types_of
from iamlab.aws.names import actions_matching, names_matching
from iamlab.policy import Pattern, wildcards

__all__ = ["any_fits", "fits", "has_known_shape", "kinds_by_service", "names_everything", "swapped", "takes_resource"]

PARTS = 6
VALUE = re.compile(r"\$\{[^{}]*\}")
EVERYTHING = frozenset({"*", "**", "arn:*", "arn:aws:*"})


class Open(Enum):
    """What stands for characters that are not written."""

    RUN = "any run of characters"
    ONE = "one character"
    ONE_OF_NAME = "one character but `/`"
    RUN_OF_NAME = "any run without `/`"


Token = str | Open
SIGNS: dict[str, Token] = {"*": Open.RUN, "?": Open.ONE}
RUNS = (Open.RUN, Open.RUN_OF_NAME)
NAMES = (Open.ONE_OF_NAME, Open.RUN_OF_NAME)


def names_everything(resource: str) -> bool:
    """Return whether an entry of `Resource` is `*`, or matches as much."""
    return resource in EVERYTHING


@lru_cache(maxsize=8192)
def takes_resource(action: str) -> bool:
    """Return whether requests for an action name a resource; an unknown action is given the benefit of the doubt."""
    found = find_action(action)
    return found is None or bool(found.resources)


@lru_cache(maxsize=65536)
def fits(action: str, resource: str) -> bool:
    """Return whether a request for an action can name something that an entry of `Resource` matches.

    >>> fits("s3:GetObject", "arn:aws:s3:::ml-training-data-bucket")
    False
    >>> fits("s3:GetObject", "arn:aws:s3:::ml-training-data-bucket/*")
    True
    """
    found = find_action(action)
    if found is None or resource.strip("*") == "":
        return True
    if not found.resources:  # its requests say `*` (rule M7)
        return False
    kinds = types_of(found)
    return not kinds or any(_meets(kind, resource) for kind in kinds)


@lru_cache(maxsize=65536)
def any_fits(entry: str, resource: str) -> bool:
    """Return whether `fits` holds for some action that an entry of `Action` covers."""
    kinds, is_unsure = _kinds_of(entry)
    if resource.strip("*") == "":
        return is_unsure or bool(names_matching(entry))
    return is_unsure or any(_meets(kind, resource) for kind in kinds)


@lru_cache(maxsize=16384)
def _kinds_of(entry: str) -> tuple[tuple[ResourceType, ...], bool]:
    """The resource types of the actions that an entry covers; and whether one has resources of no type."""
    found = [action for action in actions_matching(entry) if action.resources]
    kinds = [types_of(action) for action in found]
    return tuple(dict.fromkeys(kind for some in kinds for kind in some)), not all(kinds)


@lru_cache(maxsize=8192)
def has_known_shape(resource: str) -> bool:
    """Return whether an entry of `Resource` can match an ARN of some type of its own service, or of any other."""
    service = _parts(resource)[2]
    named = service in kinds_by_service()
    kinds = kinds_by_service()[service] if named else [kind for group in kinds_by_service().values() for kind in group]
    return any(_meets(kind, resource) for kind in kinds)


@cache
def kinds_by_service() -> dict[str, list[ResourceType]]:
    """Return all resource types by the service that their ARNs name, which need not be the one that lists them."""
    found: dict[str, list[ResourceType]] = {}
    for prefix in services():
        for kind in resource_types(prefix).values():
            for arn in kind.arn.split(", "):
                found.setdefault(_parts(arn)[2], []).append(kind)
    return found


def swapped(resource: str) -> str:
    """Return the other of the two ARNs of a bucket and its objects; empty for any other resource (rule M15).

    >>> swapped("arn:aws:s3:::ml-training-data-bucket")
    'arn:aws:s3:::ml-training-data-bucket/*'
    >>> swapped("arn:aws:s3:::ml-training-data-bucket/*")
    'arn:aws:s3:::ml-training-data-bucket'
    """
    if not resource.startswith("arn:aws") or ":s3:::" not in resource:
        return ""
    bucket, slash, _ = resource.partition("/")
    return bucket if slash else f"{resource}/*"


@lru_cache(maxsize=65536)
def _meets(kind: ResourceType, resource: str) -> bool:
    """Whether some ARN has the type's shape and fits the pattern. Partition, region and account are not compared."""
    return any(_has_shape(kind, arn, resource) for arn in kind.arn.split(", "))


def _has_shape(kind: ResourceType, arn: str, resource: str) -> bool:
    shape, pattern = arn.split(":", PARTS - 1), _parts(resource)
    if len(shape) < PARTS or not _same(shape[2], pattern[2]):
        return False
    if kind.service == "s3" and shape[3] and not pattern[3]:  # a bucket's ARN has no region, an access point's has one
        return False
    return _overlap(tuple(_pattern(pattern[5])), _shape(kind, shape[5]))


def _parts(resource: str) -> list[str]:
    parts = VALUE.sub("*", resource).split(":", PARTS - 1)
    return parts + ["*"] * (PARTS - len(parts))


@lru_cache(maxsize=1024)
def _same(shape: str, pattern: str) -> bool:
    return shape == pattern or "$" in shape or (("*" in pattern or "?" in pattern) and _like(pattern, shape))


def _like(pattern: str, text: str) -> bool:
    return Pattern.of(wildcards(pattern)).matches(text)


def _pattern(text: str) -> Iterator[Token]:
    return (SIGNS.get(character, character) for character in text)


@cache
def _shape(kind: ResourceType, text: str) -> tuple[Token, ...]:
    """A shape's tokens; a value is at least one character, and a name that others go on from has no `/`."""
    value = NAMES if _goes_on(kind) else (Open.ONE, Open.RUN)
    first, *more = VALUE.split(text)
    return (*first, *(token for piece in more for token in (*value, *piece)))


def _goes_on(kind: ResourceType) -> bool:
    """Whether another type's shape is this one's and then `/`, as an object's is a bucket's."""
    return any(other.arn.startswith(kind.arn + "/") for other in resource_types(kind.service).values())


@lru_cache(maxsize=65536)
def _overlap(one: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
    """Whether one text fits both: both automata walk together."""
    ahead, seen = [(0, 0)], {(0, 0)}
    while ahead:
        i, j = ahead.pop()
        if i == len(one) and j == len(other):
            return True
        for state in _next(one, other, i, j):
            if state not in seen:
                seen.add(state)
                ahead.append(state)
    return False


def _next(one: tuple[Token, ...], other: tuple[Token, ...], i: int, j: int) -> Iterable[tuple[int, int]]:
    a = one[i] if i < len(one) else None
    b = other[j] if j < len(other) else None
    if a in RUNS:
        yield i + 1, j
    if b in RUNS:
        yield i, j + 1
    if a is not None and b is not None and _agree(a, b):
        yield (i if a in RUNS else i + 1), (j if b in RUNS else j + 1)


def _agree(a: Token, b: Token) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    return not ((a == "/" and b in NAMES) or (b == "/" and a in NAMES))
