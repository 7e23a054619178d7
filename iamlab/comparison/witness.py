"""Witnesses: whole requests, made plausible, on which two sets of policies are seen to decide differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from iamlab.aws.catalogue import find_condition_key
from iamlab.comparison.examples import ACCOUNT, REGION, plain_first
from iamlab.comparison.search import Found, Search
from iamlab.comparison.shapes import examples_of, has_shape, shapes_of
from iamlab.comparison.values import Value
from iamlab.comparison.world import World
from iamlab.evaluation.decision import Decision
from iamlab.evaluation.order import decide
from iamlab.evaluation.policies import Policies
from iamlab.evaluation.request import Request
from iamlab.policy import parse_arn

__all__ = ["Witness", "witness_of"]

MAX_FITTING = 400
MAX_NAMES = 6
"""How many actions of a class are tried for a plausible request."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A request that two sets of policies decide differently, confirmed by the evaluator.

    `principal`, `action`, `resource`, `context` and `resource_account` are a request's as in a scenario;
    `resource_account` is None where it need not be said. `decisions` are those of the first and the second set.
    `also` names further actions of which the same holds. `plausible` is false where AWS would hardly make such a
    request: the action cannot name such a resource, or the catalogue does not know the action. `resource_policy` is
    the key policy or trust policy that was supposed, where one must allow (rules T1, T14).
    """

    principal: object
    action: str
    resource: str
    context: Mapping[str, str | list[str]]
    decisions: tuple[Decision, Decision] = field(compare=False, repr=False)
    resource_account: str | None = None
    also: tuple[str, ...] = field(default=(), compare=False, repr=False)
    plausible: bool = True
    resource_policy: str | None = field(default=None, compare=False, repr=False)

    @property
    def first(self) -> str:
        """What the first set of policies decides."""
        return self.decisions[0].decision

    @property
    def second(self) -> str:
        """What the second set of policies decides."""
        return self.decisions[1].decision


def witness_of(search: Search, found: Found, wanted: tuple[bool, ...], *, thorough: bool = True) -> Witness | None:
    """Return a confirmed witness of a class of requests, a plausible one where there is one; None where there is none.

    Args:
        search: the search that found the class.
        found: the class.
        wanted: whether the first and the second set of policies are to allow.
        thorough: whether to look for a plausible resource by search, where no ordinary one will do.
    """
    maker, spare = _Maker(search, found, wanted), None
    names = plain_first(found.actions.names, MAX_NAMES)
    for action, resource in dict.fromkeys(maker.tried(names, thorough=thorough)):
        if (spare is None or maker.is_plausible(action, resource)) and (one := maker.confirmed(action, resource)):
            if one.plausible:
                return maker.embodied(maker.plainest(one))
            spare = spare or one
    return spare and maker.embodied(maker.plainest(spare))


@dataclass(frozen=True)
class _Maker:
    """Makes requests of one class, and has the evaluator confirm them."""

    search: Search
    found: Found
    wanted: tuple[bool, ...]

    @property
    def world(self) -> World:
        """The world in which the class was found."""
        return self.search.world

    @cached_property
    def context(self) -> dict[str, str | list[str]]:
        """The class's context, with the keys as they are written."""
        spelled = _spellings(self.world)
        return {
            spelled.get(key, key): list(value) if isinstance(value, tuple) else str(value)
            for key, value in self.found.context.items()
        }

    def lookup(self, key: str) -> str | None:
        """Return the value of a policy variable in the class."""
        value: Value = self.found.context.get(key.lower()) or self.world.fixed(key.lower())
        return value if isinstance(value, str) else None

    def tried(self, names: Sequence[str], *, thorough: bool) -> Iterator[tuple[str, str]]:
        """Yield actions with resources to try: such as the policies name, ordinary ones, of the right shape, any."""
        for action in names:
            yield from ((action, text) for text in (*self._named, *filter(self._is_of_class, examples_of(action))))
        yield from self._fitting()
        for action in names[:1] if thorough else ():
            yield from ((action, text) for text in self._shaped(action))
        yield from ((action, self.found.place.text) for action in names)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """The resources of the class that the policies name."""
        named = _named(self.search, self.found.actions.mask, self.lookup)
        return tuple(filter(self._is_of_class, named))

    def _is_of_class(self, resource: str) -> bool:
        mask = self.found.actions.mask
        return self.search.resources.taken(mask, resource, self.lookup) == self.found.place.mask

    def _fitting(self) -> Iterator[tuple[str, str]]:
        """Yield resources that the policies name, each with an action of the class that works on it."""
        for text in self._named:
            fits = (name for name in self.found.actions.names[:MAX_FITTING] if has_shape(name, text))
            yield from ((name, text) for name in islice(fits, 1))

    def _shaped(self, action: str) -> Iterator[str]:
        actions, wanted = self.found.actions, self.found.place.mask
        for ordinary in (True, False):
            shapes = shapes_of(action, self.world.who.partition, ordinary=ordinary)
            if text := self.search.resources.first(actions.mask, actions.service, self.lookup, shapes, wanted):
                yield text

    def is_plausible(self, action: str, resource: str) -> bool:
        """Return whether AWS would make a request for an action of the class on a resource."""
        return self.found.actions.known and has_shape(action, resource)

    def confirmed(self, action: str, resource: str) -> Witness | None:
        """Return the request as a witness, where the evaluator says so."""
        world = self.world
        arn = parse_arn(resource)
        owner = world.owner if arn and arn.account not in {"", world.owner} else None
        names = tuple(name for name in self.found.actions.names if name != action)
        nothing = Decision("", "")
        bare = Witness(world.principal, action, resource, self.context, (nothing, nothing), owner, names)
        return self._judged(replace(bare, plausible=self.is_plausible(action, resource)))

    def _judged(self, bare: Witness) -> Witness | None:
        """Decide for both sides: first without the policy that is only supposed, then with it."""
        try:
            owner = self.world.owner or None
            request = Request.of(bare.principal, bare.action, bare.resource, bare.context, owner)
        except ValueError:
            return None
        for suppose in (False, True) if self.world.supposed else (True,):
            policies = [self.world.first, self.world.second]
            sides = policies if suppose else [replace(one, resource=None) for one in policies]
            first, second = (decide(request, one, management_account=self.world.management_account) for one in sides)
            if (first.allowed, second.allowed)[: len(self.wanted)] == self.wanted:
                stated = _text(self.world.first) if suppose and self.world.supposed else None
                return replace(bare, decisions=(first, second), resource_policy=stated)
        return None

    def plainest(self, witness: Witness) -> Witness:
        """Leave out of the context what makes no difference, as long as there is such a key."""
        for key in witness.context:
            context = {name: value for name, value in witness.context.items() if name != key}
            if fewer := self._judged(replace(witness, context=context)):
                return self.plainest(fewer)
        return witness

    def embodied(self, witness: Witness) -> Witness:
        """Where the caller can be anyone and the context says who it is, make the request theirs."""
        given = {key.lower(): value for key, value in witness.context.items()} if self.world.free else {}
        who = given.get("aws:principalarn") or given.get("aws:username")
        if not isinstance(who, str):
            return witness
        arn = who if who.startswith("arn:") else f"arn:{self.world.who.partition}:iam::{self.world.owner}:user/{who}"
        return self._judged(replace(witness, principal=arn)) or witness


def _text(policies: Policies) -> str | None:
    return policies.resource.policy.source.text if policies.resource else None


def _spellings(world: World) -> dict[str, str]:
    """Return how to write each key, by its name in lower case: as AWS does, else as the policies do."""
    found = dict[str, str]()
    for atom in world.atoms:
        keys = [test.key for test in atom.condition]
        templates = [entry.template for entry in (atom.resource.entries if atom.resource else ())]
        templates += [value.template for test in atom.condition for value in test.values]
        keys += [variable.key for template in templates for variable in template.variables]
        for key in keys:
            known = find_condition_key(key)
            exact = known is not None and known.name.lower() == key.lower()
            found.setdefault(key.lower(), known.name if known and exact else key)
    return found


def _named(search: Search, mask: int, lookup: object) -> Iterable[str]:
    """Return the resources that some statements name, with something ordinary where their wildcards stand."""
    found = dict[str, None]()
    for i, atom in enumerate(search.world.atoms):
        if mask >> i & 1 and atom.resource is not None:
            for entry in atom.resource.entries:
                tokens = entry.template.tokens(lookup)  # type: ignore[arg-type]
                if tokens is not None and tokens[:1] and isinstance(tokens[0], str) and len(tokens[0]) > 8:
                    found[_ordinary(tokens)] = None
    return found


def _ordinary(tokens: tuple[object, ...]) -> str:
    text = ""
    for token in tokens:
        text += token if isinstance(token, str) else _filler(text)
    return text


def _filler(before: str) -> str:
    parts = before.count(":")
    if parts in {3, 4} and before.endswith(":"):
        return REGION if parts == 3 else ACCOUNT
    return "train.csv" if before.startswith("arn:aws:s3:::") and before.endswith("/") else "x"
