"""Where completion's options come from, place by place.

A source yields candidates in the order in which they should stand; `first` takes as many as are shown.
Sentences are made for those alone, since a prefix can have thousands of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from iamlab.aws import vocabulary as words
from iamlab.aws import wording
from iamlab.aws.catalogue import (
    Action,
    ConditionKey,
    ResourceType,
    find_action,
    find_condition_key,
    keys_of,
    operations,
    resource_type,
    resource_types,
    services,
    types_of,
)
from iamlab.aws.catalogue import condition_keys as keys_of_service
from iamlab.aws.cursor import Place
from iamlab.aws.names import action_names, names_matching, operation_names
from iamlab.aws.operations import OPERATIONS, authorized_actions, service_prefix
from iamlab.aws.templates import arns_for
from iamlab.policy import KINDS, OPERATORS, POLICY_ELEMENTS, STATEMENT_ELEMENTS, read_operator
from iamlab.policy.operators import SET_OPERATORS

Option = dict[str, str]
FEWEST_LETTERS = 3
"""Letters of an operation, without its service, from which its actions are offered."""

MANY = 400
"""A pattern that covers more actions says nothing about resources or keys worth reading them for."""

_ARN = re.compile(r'"(arn:[^"\s]+)"')
_WILDCARD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for options: the place in the text, the kind of policy, and the whole text."""

    place: Place
    kind: str
    text: str

    @property
    def typed(self) -> str:
        """What was typed so far of the word at the cursor."""
        return self.place.typed

    @property
    def statement(self) -> Mapping[str, list[str]]:
        """The plain values of the statement around the cursor, by element."""
        return self.place.objects[1] if len(self.place.objects) > 1 else {}


def first(options: Iterable[Option], limit: int) -> list[Option]:
    """The first options, each label once."""
    fresh: dict[str, Option] = {}
    for option in options:
        fresh.setdefault(option["label"], option)
        if len(fresh) == limit:
            break
    return list(fresh.values())


def policy_elements(asked: Asked) -> Iterator[Option]:
    """Elements of the policy itself that its kind takes and that are not there yet."""
    return _elements(asked, POLICY_ELEMENTS)


def statement_elements(asked: Asked) -> Iterator[Option]:
    """Elements of a statement that the kind takes, unless they or their `Not…` twins are there (G10, G11)."""
    return _elements(asked, STATEMENT_ELEMENTS)


def versions(asked: Asked) -> Iterator[Option]:
    """The two versions of the language (G2)."""
    return _listed(asked, words.VERSIONS)


def effects(asked: Asked) -> Iterator[Option]:
    """`Allow` and `Deny`; an RCP only denies (G9, R6)."""
    only = {"Deny"} if asked.kind == "rcp" else set(words.EFFECTS)
    return _listed(asked, {word: text for word, text in words.EFFECTS.items() if word in only})


def principal_types(asked: Asked) -> Iterator[Option]:
    """The keys of `Principal` (G27)."""
    return _listed(asked, words.PRINCIPAL_TYPES, "element")


def everyone(asked: Asked) -> Iterator[Option]:
    """`"*"`, the one principal that stands without a key (G27)."""
    return _listed(asked, words.EVERYONE)


def aws_principals(asked: Asked) -> Iterator[Option]:
    """Forms of principals under `AWS`."""
    return _listed(asked, {**words.PRINCIPALS, **words.EVERYONE})


def service_principals(asked: Asked) -> Iterator[Option]:
    """Services that act as themselves in machine-learning work (P12)."""
    return _listed(asked, words.SERVICE_PRINCIPALS)


def identity_providers(asked: Asked) -> Iterator[Option]:
    """Forms of identity providers (P13)."""
    return _listed(asked, words.PROVIDERS)


def variables(asked: Asked) -> Iterator[Option]:
    """Policy variables (V1, V11)."""
    return _listed(asked, words.VARIABLES)


def operators(asked: Asked) -> Iterator[Option]:
    """Condition operators: the plain ones, then with `IfExists`, then the set operators."""
    present = _others(asked)
    names = [name for name in _operator_names() if name not in present]
    return (_about_operator(name) for name in _ranked(names, asked.typed))


def actions(asked: Asked) -> Iterator[Option]:
    """Actions: of the service that was typed, or of all; by prefix, then by what stands in the name.

    Between them stand the actions of operations that begin as typed and are authorized under other names.
    """
    typed = asked.typed
    if _WILDCARD.search(typed):
        return _covered(typed)
    present = {*asked.statement.get("Action", ()), *asked.statement.get("NotAction", ())}
    trusted = _ranked(words.TRUST_ACTIONS, typed) if asked.kind == "trust" else []
    names = _names_of_service(typed) if ":" in typed else _names_anywhere(typed)
    begun = _services(typed) if ":" not in typed else ()
    known, others = names if ":" in typed else _known_first(*names)
    return chain(
        *(_about_actions(trusted, present), begun, _about_actions(known, present)),
        *(_about_operations(typed, present), _about_actions(others, present)),
    )


def resources(asked: Asked) -> Iterator[Option]:
    """ARNs: those of this policy that suit the statement's actions, then forms, then `*`."""
    found = _statement_actions(asked.statement)
    kinds = list(dict.fromkeys(kind for action in found for kind in types_of(action)))
    if not found:
        kinds = _types_of_arn(asked.typed)
    forms = arns_for(kinds, asked.typed)
    shown = (_option(arn, kind.name, _about_arn(kind), "value") for arn, kind in forms.items() if arn != asked.typed)
    arns = chain(_arns_of_policy(asked, kinds), shown)
    star = _listed(asked, words.EVERYTHING)
    return chain(arns, star) if found and all(action.resources for action in found) else chain(star, arns)


def condition_keys(asked: Asked) -> Iterator[Option]:
    """Condition keys: of the statement's actions, the global ones, their services'; best type first."""
    keys: dict[str, ConditionKey] = {}
    for key in _keys_by_nearness(asked):
        keys.setdefault(_without_name(key.name), key)
    present = _others(asked)
    names = [name for name in _ranked(keys, asked.typed) if name not in present]
    types = words.FAMILY_TYPES.get(read_family(asked.place.path[-1]) if asked.place.path else "", ())
    names.sort(key=lambda name: bool(types) and keys[name].type.removeprefix("ArrayOf") not in types)
    return (_option(name, wording.key_type(keys[name]), wording.about_key(keys[name]), "key") for name in names)


def condition_values(asked: Asked) -> Iterator[Option]:
    """Values that a condition key is known to have, `true` and `false` under `Bool` and `Null`."""
    operator, key = asked.place.path[2:4]
    if read_family(operator) in {"Bool", "Null"}:
        return _listed(asked, words.BOOLEANS)
    return _listed(asked, words.KEY_VALUES.get(key.lower(), {}))


def read_family(operator: str) -> str:
    """The family of an operator as written (`ForAllValues:StringLike` → `String`), or nothing."""
    use = read_operator(operator)
    return use.operator.family if use else ""


def _option(label: str, detail: str, info: str, kind: str) -> Option:
    return {"label": label, "detail": detail, "info": info, "kind": kind}


def _listed(asked: Asked, table: Mapping[str, str], kind: str = "value") -> Iterator[Option]:
    present = _others(asked) if asked.place.is_key else ()
    return (_option(word, "", table[word], kind) for word in _ranked(table, asked.typed) if word not in present)


def _ranked(names: Iterable[str], typed: str) -> list[str]:
    """Names that begin as typed, then those that hold it, letter case aside; else in their order."""
    low = typed.casefold()
    places = [(name.casefold().find(low), name) for name in names]
    return [name for place, name in places if place == 0] + [name for place, name in places if place > 0]


def _others(asked: Asked) -> set[str]:
    """The keys beside the one at the cursor."""
    here = asked.text[asked.place.start : asked.place.end]
    return set(asked.place.objects[-1]) - {here} if asked.place.objects else set()


def _elements(asked: Asked, names: Iterable[str]) -> Iterator[Option]:
    kind = KINDS[asked.kind]
    taken = {name.removeprefix("Not") for name in _others(asked)}
    free = [name for name in names if kind.takes(name) and name.removeprefix("Not") not in taken]
    return (_option(name, "", words.ELEMENTS[name], "element") for name in _ranked(free, asked.typed))


def _operator_names() -> Iterator[str]:
    plain = list(OPERATORS)
    if_exists = [f"{name}IfExists" for name in plain if name != "Null"]
    sets = [f"{many}:{name}" for many in reversed(SET_OPERATORS) for name in plain if name != "Null"]
    return chain(plain, if_exists, sets)


def _about_operator(name: str) -> Option:
    many, _, base = name.rpartition(":")
    plain = base.removesuffix("IfExists")
    info = words.OPERATORS[plain] if plain == base else words.IF_EXISTS.format(plain)
    if many:
        info = words.SET_OPERATORS[many].format(base)
    return _option(name, words.FAMILIES[read_family(name)], info, "operator")


def _services(typed: str) -> Iterator[Option]:
    """Services by prefix, then by name: `sage`, `athena`, `container registry`."""
    low = typed.lower()
    begun = [prefix for prefix in services() if prefix.startswith(low)]
    named = [prefix for prefix, service in services().items() if len(low) > 2 and low in service.name.lower()]
    for prefix in chain(sorted(begun, key=_how_familiar), sorted(named, key=_how_familiar)):
        count = len(operations(prefix))
        yield _option(f"{prefix}:", services()[prefix].name, f"{services()[prefix].name}: {count} actions.", "service")


def _names_of_service(typed: str) -> tuple[Iterable[str], Iterable[str]]:
    """Actions of the service that was typed: those whose name begins so, and those that hold what was typed."""
    service, _, part = typed.lower().partition(":")
    index = action_names()
    return index.starting(typed), index.holding(part, within=f"{service}:") if part else ()


def _names_anywhere(typed: str) -> tuple[Iterable[str], Iterable[str]]:
    """Actions of any service. One letter fits thousands: so by prefix from the second, else the third."""
    index = operation_names()
    begun = index.starting(typed) if len(typed) > 1 else []
    inside = index.holding(typed) if len(typed) > 2 else []
    return sorted(begun, key=_how_familiar), sorted(inside, key=_how_familiar)


def _known_first(starting: Iterable[str], holding: Iterable[str]) -> tuple[Iterable[str], Iterable[str]]:
    """Part actions into those that begin as typed, as far as people know their services, and all others."""
    begun = list(starting)
    known = [name for name in begun if _how_familiar(name) < len(words.FAMILIAR_SERVICES)]
    return known, chain((name for name in begun if name not in known), holding)


def _about_operations(typed: str, present: set[str]) -> Iterator[Option]:
    """Actions of operations that begin as typed: `s3:GetObject` where `HeadO` was typed."""
    service, colon, part = typed.lower().rpartition(":")
    prefix = service_prefix(service) if colon else ""
    if len(part) < (1 if colon else FEWEST_LETTERS):
        return
    for name in sorted(OPERATIONS, key=_how_familiar):
        of, _, operation = name.partition(":")
        if operation.startswith(part) and prefix in ("", of):
            known = authorized_actions(of, operation)
            for option in _about_actions(known.actions, present):
                info = f"{wording.about_operation(known)} {option['info']}"
                yield {**option, "detail": f"for {known.operation}", "info": info}


def _how_familiar(name: str) -> int:
    service = name.partition(":")[0]
    return (
        words.FAMILIAR_SERVICES.index(service) if service in words.FAMILIAR_SERVICES else len(words.FAMILIAR_SERVICES)
    )


def _covered(pattern: str) -> Iterator[Option]:
    """A pattern is offered as itself, with what it covers."""
    names = names_matching(pattern)
    shown = ", ".join(f"`{name}`" for name in names[:3])
    rest = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    if names:
        yield _option(pattern, f"{len(names):,} actions", f"Covers {shown}{rest}.", "action")


def _about_actions(names: Iterable[str], present: set[str]) -> Iterator[Option]:
    found = (find_action(name) for name in names if name not in present)
    return (
        _option(action.name, wording.access_level(action), wording.about_action(action), "action")
        for action in found
        if action
    )


def _statement_actions(statement: Mapping[str, list[str]]) -> list[Action]:
    """The actions that the statement's `Action` covers; patterns that cover very many are passed over."""
    names: list[str] = []
    for pattern in statement.get("Action", ()):
        covered = names_matching(pattern) if ":" in pattern else []
        names += covered if len(covered) <= MANY else []
    return [action for name in names if (action := find_action(name))]


def _types_of_arn(typed: str) -> list[ResourceType]:
    """Where no action tells: the resource types of the service that the ARN names, else familiar ones."""
    parts = typed.split(":")
    if len(parts) > 3:
        return list(resource_types(parts[2]).values())
    return [resource_types(service)[name] for service, name in words.FAMILIAR_TYPES]


def _arns_of_policy(asked: Asked, kinds: list[ResourceType]) -> Iterator[Option]:
    """ARNs that stand elsewhere in the policy and have a shape that the statement's actions take."""
    found = [
        arn for arn in dict.fromkeys(_ARN.findall(asked.text)) if arn.startswith(asked.typed) and arn != asked.typed
    ]
    own = asked.text[asked.place.start : asked.place.end]
    for arn in found:
        kind = resource_type(arn)
        if kind in kinds and kind and arn != own:
            yield _option(arn, kind.name, "Stands elsewhere in this policy.", "value")


def _about_arn(kind: ResourceType) -> str:
    return f"The form of `{kind.name}`; capitals stand for a name."


def _keys_by_nearness(asked: Asked) -> Iterator[ConditionKey]:
    """Keys of the statement's actions, the global ones, those of the actions' services and the one typed."""
    found = _statement_actions(asked.statement)
    named = dict.fromkeys(name for action in found for name in keys_of(action) if not name.startswith("aws:"))
    own = (find_condition_key(name) for name in sorted(named, key=wording.how_telling))
    mentioned = dict.fromkeys(action.service for action in found) or words.FAMILIAR_SERVICES
    near = ("aws", *mentioned, asked.typed.lower().partition(":")[0])
    return chain((key for key in own if key), *(keys_of_service(service).values() for service in near))


def _without_name(key: str) -> str:
    """`aws:ResourceTag/${TagKey}` up to where the tag's own name goes."""
    return re.split(r"\$\{|<", key, maxsplit=1)[0]
