"""ARNs to start from: a resource type's shape made into text that a policy can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iamlab.aws.catalogue import ResourceType

_VALUE = re.compile(r"\$\{(\w+)\}")
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUFFIXES = ("NameWithPath", "Name", "Id", "Identifier", "WithPath")
PLAIN_VALUES = {"Partition": "aws", "Region": "*", "Account": "*"}


def arns_for(kinds: Iterable[ResourceType], typed: str = "") -> dict[str, ResourceType]:
    """ARNs for resource types, each with the type that it is of, in order.

    A type whose names follow a word or a slash comes first as "all of them" (`…:training-job/*`), then as
    one, with the name to fill in written in capitals. A bucket comes as one only, since `arn:aws:s3:::*` is
    every bucket there is.
    What was typed is kept: `arn:aws:s3:::data` becomes `arn:aws:s3:::data/*`.
    """
    found: dict[str, ResourceType] = {}
    for kind in kinds:
        for last in _last_values(kind):
            arn = filled(kind.arn, typed, last)
            if arn is not None:
                found.setdefault(arn, kind)
    return found


def filled(shape: str, typed: str, last: str | None) -> str | None:
    """A shape with the typed values in their places and plain ones in the others; None if the two do not fit.

    `last` stands for the last value; None writes its name in capitals.

    >>> filled("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::data", "*")
    'arn:aws:s3:::data/*'
    """
    pieces = _VALUE.split(shape)
    written = list(_written(pieces, typed))
    if len(written) < len(pieces):
        return None
    if last is not None and written[-2] == _capitals(pieces[-2]):
        written[-2] = last
    return "".join(written)


def _written(pieces: list[str], typed: str) -> Iterator[str]:
    """Each piece of a shape, fixed text and value in turn, as typed so far; ends early where the two part."""
    at = 0
    for number, piece in enumerate(pieces):
        rest = typed[at:]
        if number % 2:
            stop = pieces[number + 1][:1]
            value = rest.partition(stop)[0] if stop else rest
            at += len(value)
            yield value or PLAIN_VALUES.get(piece) or _capitals(piece)
        elif rest.startswith(piece) or piece.startswith(rest):
            at += min(len(piece), len(rest))
            yield piece
        else:
            return


def _last_values(kind: ResourceType) -> tuple[str | None, ...]:
    relative = kind.arn.split(":", 5)[-1]
    if relative.startswith("${") and relative.count("${") == 1:
        return (None,)
    return (None, "*") if kind.service == "iam" else ("*", None)


def _capitals(value: str) -> str:
    for suffix in _SUFFIXES:
        if value.endswith(suffix) and value != suffix:
            value = value.removesuffix(suffix)
            break
    return _WORD_ENDS.sub("-", value).upper()
