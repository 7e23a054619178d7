"""Resources that no statement tells apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations, product

from iamlab.comparison.shapes import NO_RESOURCE, Shapes
from iamlab.evaluation.scope import SPECIAL_SERVICES, resource_facts
from iamlab.policy import Statement
from iamlab.policy.pattern import Tokens, Wildcard, joined
from iamlab.policy.regions import BudgetSpent, Shape, regions, walk
from iamlab.policy.statement import ResourceElement, ResourceEntry
from iamlab.policy.variables import Lookup, Template, Variable

__all__ = ["Place", "Resources"]

Entry = tuple[Tokens, Template | None]
"""An entry's pattern; where a variable in it is loose, also its template, since two such may match apart."""
Bound = dict[int, list[Entry]]

MARKS = (":role/", ":key/")
"""What of a resource the evaluation order itself looks at (roles and KMS keys)."""
MAX_LOOSE = 6
SOON = 400
"""How many states of an automaton are looked at for a resource that only reads better."""


@dataclass(frozen=True, slots=True)
class Place:
    """A resource, the mask of atoms whose `Resource` takes it in, and what else of it counts."""

    text: str
    mask: int
    facts: Hashable = ()


@dataclass(frozen=True)
class Resources:
    """The resource elements of all atoms.

    `partition` bounds the resources: in another one no policy grants anything (rule P25).
    """

    atoms: Sequence[Statement]
    partition: str
    limit: int
    plain: bool
    _known: dict[Hashable, list[Place]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def places(
        self,
        mask: int,
        service: str,
        lookup: Lookup,
        *,
        loose: frozenset[str] = frozenset(),
        within: Shapes | None = None,
    ) -> list[Place]:
        """Return one resource for each set of a mask's atoms that can match together.

        Args:
            mask: the atoms of interest.
            service: the action's service, in lower case.
            lookup: the values of policy variables.
            loose: variables, in lower case, of which nothing is known; an entry with one matches or does not, as if
                the variable could be any text.
            within: the shapes of the resources in question; every resource, unless given.

        Raises:
            BudgetSpent: where there are too many.
        """
        marks, bound = self._marks(service), self._bound(mask, lookup, loose)
        key = (mask, marks, within, loose, *(tuple(entries) for entries in bound.values()))
        if key not in self._known:
            self._known[key] = list(self._found(mask, bound, marks, within or self._everything))
        return self._known[key]

    def first(self, mask: int, service: str, lookup: Lookup, within: Shapes, wanted: int) -> str | None:
        """Return a resource of some shapes that exactly a wanted mask takes in, where one is soon found."""
        places = self._found(mask, self._bound(mask, lookup, frozenset()), self._marks(service), within, walk, SOON)
        try:
            return next((place.text for place in places if place.mask == wanted), None)
        except BudgetSpent:
            return None

    def _marks(self, service: str) -> tuple[str, ...]:
        return MARKS if service in SPECIAL_SERVICES and not self.plain else ()

    @cached_property
    def _everything(self) -> Shapes:
        return Shapes((NO_RESOURCE, Shape((f"arn:{self.partition}:" if self.partition else "arn:", Wildcard.RUN))))

    def taken(self, mask: int, resource: str, lookup: Lookup) -> int:
        """Return the atoms of a mask whose `Resource` takes in a resource."""
        for i, atom in enumerate(self.atoms):
            if mask >> i & 1 and (element := atom.resource) is not None:
                hit = any(entry.matches(resource, lookup) for entry in element.entries)
                mask = _kept(mask, i, element, hit)
        return mask

    def _bound(self, mask: int, lookup: Lookup, loose: frozenset[str]) -> Bound:
        """Return, for each atom with a resource element, its entries' tokens, and their templates where loose."""
        found: Bound = {}
        for i, atom in enumerate(self.atoms):
            if mask >> i & 1 and atom.resource is not None:
                bound = (_bind(entry, lookup, loose) for entry in atom.resource.entries)
                found[i] = [one for one in bound if one is not None]
        return found

    def _found(
        self,
        mask: int,
        bound: Bound,
        marks: Sequence[str],
        within: Shapes,
        find: Callable[..., Iterable[tuple[int, str]]] = regions,
        limit: int = 0,
    ) -> Iterator[Place]:
        named = dict.fromkeys(entry for listed in bound.values() for entry in listed)
        entries = [entry for entry in named if Shape(entry[0]).can_meet(within.within)]
        shapes = [Shape(tokens) for tokens, _ in entries]
        shapes += [Shape((Wildcard.RUN, mark, Wildcard.RUN)) for mark in marks]
        left_out = ((1 << len(within.without)) - 1) << len(shapes)
        shapes += within.without
        numbers = {**dict.fromkeys(named, 0), **{entry: 1 << n for n, entry in enumerate(entries)}}
        loose = {numbers[entry]: entry[1] for entry in entries if entry[1] is not None}
        implied = list(_implied(loose))
        groups = self._groups(bound, numbers, len(shapes))
        seen = set[tuple[int, Hashable]]()
        for region, text in find(shapes, within.within, groups=groups, limit=limit or self.limit):
            if region & left_out:
                continue
            facts = resource_facts(text) if marks else ()
            for matched in _ways(region, loose, implied):
                taken = self._taken(mask, bound, numbers, matched)
                if (taken, facts) not in seen:
                    seen.add((taken, facts))
                    yield Place(text, taken, facts)

    def _groups(self, bound: Bound, numbers: dict[Entry, int], shapes: int) -> list[int]:
        """Of an element's entries it only matters whether one matches; loose ones and all other shapes stand alone."""
        together = [sum(numbers[e] for e in set(entries) if e[1] is None) for entries in bound.values()]
        grouped = sum(number for entry, number in numbers.items() if entry[1] is None)
        alone = (1 << i for i in range(shapes) if not grouped >> i & 1)
        return [group for group in dict.fromkeys((*together, *alone)) if group]

    def _taken(self, mask: int, bound: Bound, numbers: dict[Entry, int], hit: int) -> int:
        for i, entries in bound.items():
            element: ResourceElement = self.atoms[i].resource  # type: ignore[assignment]
            mask = _kept(mask, i, element, any(hit & numbers[entry] for entry in entries))
        return mask


def _kept(mask: int, atom: int, element: ResourceElement, matched: bool) -> int:
    """Return a mask without an atom whose element does not take a resource in; an empty list never does (rule G24)."""
    return mask if element.entries and matched != element.negated else mask & ~(1 << atom)


def _bind(entry: ResourceEntry, lookup: Lookup, loose: frozenset[str]) -> Entry | None:
    """Return an entry's tokens with its variables' values in place; None where a variable has none (rule V9)."""
    template = entry.template
    if not any(variable.name in loose for variable in template.variables):
        tokens = template.tokens(lookup)
        return None if tokens is None else (tokens, None)
    parts = [_part(part, lookup, loose) for part in template.parts]
    return None if None in parts else (joined(part for part in parts if part is not None), template)


def _part(part: str | Wildcard | Variable, lookup: Lookup, loose: frozenset[str]) -> str | Wildcard | None:
    """Return a part of a template with its value in place, anything for a loose variable, None for a missing one."""
    if not isinstance(part, Variable):
        return part
    value = Wildcard.RUN if part.name in loose else lookup(part.key)
    return part.default if value is None else value


def _ways(region: int, loose: Iterable[int], implied: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield a set of patterns with each loose one of it in or out, but never one without another that it implies."""
    open_ones = [bit for bit in loose if region & bit]
    if len(open_ones) > MAX_LOOSE:
        raise BudgetSpent("too many resources depend on variables")
    for way in product((True, False), repeat=len(open_ones)):
        found = region & ~sum(bit for bit, holds in zip(open_ones, way, strict=True) if not holds)
        if not any(found & inner and not found & outer for inner, outer in implied):
            yield found


def _implied(loose: Mapping[int, Template]) -> Iterator[tuple[int, int]]:
    """Yield pairs of loose patterns of which the first matches only what the second does, whatever the variables are.

    Variables are letters of their own then, which no `?` and no wildcard of an ARN's part takes for theirs: behind what
    both patterns begin with, the second may have none of these.
    """
    for inner, outer in permutations(loose, 2):
        first, second = loose[inner].parts, loose[outer].parts
        same = next((i for i, (one, two) in enumerate(zip(first, second, strict=False)) if one != two), None)
        at = min(len(first), len(second)) if same is None else same
        if all(not isinstance(part, Wildcard) or part is Wildcard.RUN for part in second[at:]):
            letters = {one.name: chr(0xE000 + i) for i, one in enumerate(loose[inner].variables)}
            within, around = (_lettered(parts[at:], letters) for parts in (first, second))
            if within and around and all(mask for mask, _ in regions([around], [within])):
                yield inner, outer


def _lettered(parts: Sequence[str | Wildcard | Variable], letters: Mapping[str, str]) -> Shape | None:
    """Return parts with a letter for each variable; None where a letter stands in a text, or a variable has none."""
    if any(isinstance(part, str) and any("\ue000" <= char <= "\uf8ff" for char in part) for part in parts):
        return None
    if any(isinstance(part, Variable) and part.name not in letters for part in parts):
        return None
    return Shape(joined(letters[part.name] if isinstance(part, Variable) else part for part in parts))
