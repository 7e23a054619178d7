"""All action names of the catalogue, sorted, so that a prefix finds its actions at once.

Building the index reads every service's file (some 22,000 names, a tenth of a second, once);
nothing is kept on disk.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from iamlab.aws.catalogue import Action, find_action, operations, services
from iamlab.aws.operations import OPERATIONS
from iamlab.policy import Pattern, wildcards
from iamlab.policy.names import near_names as most_like

WILDCARDS = re.compile("[*?]+")


class Names:
    """Names in alphabetical order of their keys: `keys` in lower case beside `names` as AWS writes them.

    The keys also stand one a line in one text, where a search for a part of a name is quickest.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Sort pairs of a key and the name that it stands for."""
        ordered = sorted((key.lower(), name) for key, name in pairs)
        self.keys = [key for key, _ in ordered]
        self.names = [name for _, name in ordered]
        self._lines = "\n".join(self.keys)
        self._starts = list(accumulate((len(key) + 1 for key in self.keys), initial=0))

    def span(self, prefix: str) -> range:
        """The places whose key begins with `prefix`."""
        low = prefix.lower()
        return range(bisect_left(self.keys, low), bisect_left(self.keys, low + "\U0010ffff"))

    def starting(self, prefix: str) -> list[str]:
        """The names whose key begins with `prefix`, in order."""
        places = self.span(prefix)
        return self.names[places.start : places.stop]

    def holding(self, part: str, within: str = "") -> list[str]:
        """The names whose key begins with `within` and has `part` somewhere behind that."""
        return [self.names[place] for place in self._places_holding(part.lower(), self.span(within), len(within))]

    def _places_holding(self, part: str, span: range, skipped: int) -> Iterator[int]:
        at, end = self._starts[span.start], self._starts[span.stop]
        while (at := self._lines.find(part, at, end)) >= 0:
            place = bisect_right(self._starts, at) - 1
            if at >= self._starts[place] + skipped or part in self.keys[place][skipped:]:
                yield place
            at = self._starts[place + 1]


@cache
def action_names() -> Names:
    """Every action by its whole name, `s3:putobject`."""
    return Names((name, name) for name in _all_names())


@cache
def operation_names() -> Names:
    """Every action by its operation alone, `putobject`, for who does not know the service."""
    return Names((name.partition(":")[2], name) for name in _all_names())


def actions_matching(pattern: str) -> tuple[Action, ...]:
    """The actions that a pattern of a policy covers, in alphabetical order (rules M2, M3).

    >>> [action.name for action in actions_matching("s3:GetBucketL*")]
    ['s3:GetBucketLocation', 's3:GetBucketLogging']
    """
    found = (find_action(name) for name in names_matching(pattern))
    return tuple(action for action in found if action)


def names_matching(pattern: str) -> list[str]:
    """The names of the actions that a pattern covers, in alphabetical order."""
    low = pattern.lower()
    fixed = low[: min((low.find(mark) for mark in "*?" if mark in low), default=len(low))]
    index, wanted = action_names(), Pattern.of(wildcards(low))
    pieces = [piece for piece in WILDCARDS.split(low[len(fixed) :]) if piece]
    return [
        index.names[place]
        for place in index.span(fixed)
        if all(piece in index.keys[place] for piece in pieces) and wanted.matches(index.keys[place])
    ]


def near_names(name: str, limit: int = 4) -> tuple[str, ...]:
    """Actions that an unknown name perhaps means, the likeliest first; at most `limit`.

    >>> near_names("s3:GetObjects")[0]
    's3:GetObject'
    """
    service, _, operation = name.lower().partition(":")
    known = OPERATIONS.get(name.lower(), ())
    own = _near_operations(service, operation, limit)
    neighbors = most_like(service, services(), 2) if service not in services() else []
    near = [found for other in neighbors for found in _near_operations(other, operation, limit)]
    return tuple(dict.fromkeys([*known, *own, *near, *_same_operation(operation)]))[:limit]


def _near_operations(service: str, operation: str, limit: int) -> list[str]:
    return [f"{service}:{name}" for name in most_like(operation, operations(service), limit)]


def _same_operation(operation: str) -> list[str]:
    index = operation_names()
    return [index.names[place] for place in index.span(operation) if index.keys[place] == operation]


@cache
def _all_names() -> tuple[str, ...]:
    return tuple(f"{service}:{name}" for service in services() for name in operations(service))
