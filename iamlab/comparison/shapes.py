"""The shapes of the ARNs that actions work on, as patterns and as examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from iamlab.aws.catalogue import applies, find_action, resource_types, types_of
from iamlab.comparison.examples import ACCOUNT, FAR_NAMES, FOREIGN_NAMES, NAMES, OTHER_NAMES, REGION
from iamlab.policy.pattern import Wildcard, joined
from iamlab.policy.regions import Shape

__all__ = ["NO_RESOURCE", "Shapes", "examples_of", "has_shape", "shapes_of"]

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
BUCKET = "${BucketName}"
"""A bucket's name has no slash: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html."""
NO_RESOURCE = Shape(("*",))
"""The resource of an action that takes none: the text `*` itself."""


ORDINARY = ((NAMES, "x"), (OTHER_NAMES, "other"), (FAR_NAMES, "x"), (FOREIGN_NAMES, "x"))
"""Names for the placeholders of an ARN, and for any other placeholder."""


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Texts that match one of some patterns and none of others. Those that `shapes_of` returns are one where equal."""

    within: tuple[Shape, ...]
    without: tuple[Shape, ...] = ()


@cache
def shapes_of(action: str, partition: str, *, ordinary: bool = False) -> Shapes:
    """Return the patterns of the resources that a request for an action can name (rules M7, M15).

    Args:
        action: its name; for one that the catalogue does not know there are none.
        partition: the partition of the ARNs; any, where empty.
        ordinary: whether to take only ARNs with the region and the account of examples.

    The shape of a bucket's ARN would take in objects; so what has the shape of something else is left out.
    """
    found = find_action(action)
    if found is None:
        return _shapes((), ())
    kinds = types_of(found)
    shortest = min((len(_fixed(kind.arn)) for kind in kinds), default=0)
    others = (kind for kind in resource_types(found.service).values() if kind not in kinds)
    optional = not any(use.required for use in found.resources)
    within = (*(_shape(kind.arn, partition, ordinary) for kind in kinds), *((NO_RESOURCE,) if optional else ()))
    longer = [kind.arn for kind in others if len(_fixed(kind.arn)) > shortest]
    slashed = [f"{kind.arn}/${{Rest}}" for kind in kinds if kind.arn.endswith(BUCKET)]
    without = (_shape(arn, partition, False, blank="Rest") for arn in (*longer, *slashed))
    return _shapes(within, tuple(shape for shape in without if shape.can_meet(within)))


@cache
def _shapes(within: tuple[Shape, ...], without: tuple[Shape, ...]) -> Shapes:
    return Shapes(within, without)


def _fixed(arn: str) -> str:
    return PLACEHOLDER.sub("", arn)


@cache
def examples_of(action: str) -> tuple[str, ...]:
    """Return ARNs that a request for an action can name, ordinary ones of each shape: at home, and elsewhere.

    It is `*` where the request names none.
    """
    found = find_action(action)
    if found is None:
        return ("*",)
    optional = not any(use.required for use in found.resources)
    arns = [_named(kind.arn, *names) for kind in types_of(found) for names in ORDINARY]
    return tuple(dict.fromkeys((*arns, *(("*",) if optional else ()))))


def _named(arn: str, names: Mapping[str, str], other: str) -> str:
    return PLACEHOLDER.sub(lambda match: names.get(match[1], other), arn)


def _shape(arn: str, partition: str, ordinary: bool, blank: str = "") -> Shape:
    """Return the pattern of an ARN with placeholders; only the one named `blank` may stand for nothing."""
    fixed = {"Partition": partition, **({"Region": REGION, "Account": ACCOUNT} if ordinary else {})}
    return Shape(joined(_tokens(arn, fixed, blank)))


def _tokens(arn: str, fixed: Mapping[str, str], blank: str) -> Iterator[str | Wildcard]:
    """A placeholder before the resource part stays within its part."""
    at, parts = 0, 0
    for match in PLACEHOLDER.finditer(arn):
        before = arn[at : match.start()]
        yield before
        parts += before.count(":")
        at = match.end()
        if fixed.get(match[1]):
            yield fixed[match[1]]
        elif parts < 5:
            yield from (Wildcard.ONE_IN_PART, Wildcard.RUN_IN_PART)
        else:
            yield from (Wildcard.RUN,) if match[1] == blank else (Wildcard.ONE, Wildcard.RUN)
    yield arn[at:]


@lru_cache(maxsize=8192)
def has_shape(action: str, resource: str) -> bool:
    """Return whether a request for an action can name a resource, and no name in its ARN has a colon."""
    found = find_action(action)
    if found is None or resource == "*" or not found.resources:
        return applies(action, resource).answer is not False
    colons = resource.count(":")
    fits = any(kind.matches(resource) and kind.arn.count(":") == colons for kind in types_of(found))
    return fits and applies(action, resource).answer is not False
