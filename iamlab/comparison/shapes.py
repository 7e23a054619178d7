"""The shapes of the ARNs that actions work on, as patterns and as examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from iamlab.aws.catalogue import find_action, resource_types, types_of
from iamlab.comparison.examples import NAMES
from iamlab.policy.pattern import Wildcard, joined
from iamlab.policy.regions import Shape

__all__ = ["Shapes", "examples_of", "shapes_of"]

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
NO_RESOURCE = Shape(("*",))


@dataclass(frozen=True, slots=True)
class Shapes:
    """Texts that match one of some patterns and none of others."""

    within: tuple[Shape, ...]
    without: tuple[Shape, ...] = ()


@cache
def shapes_of(action: str, partition: str) -> Shapes:
    """Return the patterns of the resources that a request for an action can name (rules M7, M15).

    Args:
        action: its name; for one that the catalogue does not know there are none.
        partition: the partition of the ARNs; any, where empty.

    The shape of a bucket's ARN would take in objects; so what has the shape of something else is left out.
    """
    found = find_action(action)
    if found is None:
        return Shapes(())
    kinds = types_of(found)
    shortest = min((len(_fixed(kind.arn)) for kind in kinds), default=0)
    others = (kind for kind in resource_types(found.service).values() if kind not in kinds)
    optional = not any(use.required for use in found.resources)
    return Shapes(
        (*(_shape(kind.arn, partition) for kind in kinds), *((NO_RESOURCE,) if optional else ())),
        tuple(_shape(kind.arn, partition) for kind in others if len(_fixed(kind.arn)) > shortest),
    )


def _fixed(arn: str) -> str:
    return PLACEHOLDER.sub("", arn)


@cache
def examples_of(action: str) -> tuple[str, ...]:
    """Return ARNs that a request for an action can name, an ordinary one of each shape; `*` where it names none."""
    found = find_action(action)
    if found is None:
        return ("*",)
    kinds = types_of(found)
    arns = (PLACEHOLDER.sub(lambda match: NAMES.get(match[1], "x"), kind.arn) for kind in kinds)
    optional = not any(use.required for use in found.resources)
    return tuple(dict.fromkeys((*arns, *(("*",) if optional else ()))))


def _shape(arn: str, partition: str) -> Shape:
    return Shape(joined(_tokens(arn, partition)))


def _tokens(arn: str, partition: str) -> Iterator[str | Wildcard]:
    """A placeholder before the resource part stays within its part; no placeholder is empty."""
    at, parts = 0, 0
    for match in PLACEHOLDER.finditer(arn):
        before = arn[at : match.start()]
        yield before
        parts += before.count(":")
        at = match.end()
        if match[1] == "Partition" and partition:
            yield partition
        elif parts < 5:
            yield from (Wildcard.ONE_IN_PART, Wildcard.RUN_IN_PART)
        else:
            yield from (Wildcard.ONE, Wildcard.RUN)
    yield arn[at:]
