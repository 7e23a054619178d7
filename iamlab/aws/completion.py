"""What can stand at the cursor of a policy that is being typed.

`RULES` is the whole of it: for each place in a policy, where the options come from. An option is a dict with
`label` (the text to insert), `detail` (a word or two), `info` (a sentence) and `kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from iamlab.aws import sources
from iamlab.aws.catalogue import CatalogueMissing, resource_types, services
from iamlab.aws.cursor import Place, place_at
from iamlab.aws.names import action_names, operation_names
from iamlab.aws.sources import Asked, Option

Source = Callable[[Asked], Iterable[Option]]


RULES: dict[tuple[bool, str], Source] = {
    # (a key?, the way there)
    (True, ""): sources.policy_elements,
    (True, "Statement"): sources.statement_elements,
    (False, "Version"): sources.versions,
    (False, "Statement/Effect"): sources.effects,
    (False, "Statement/Action"): sources.actions,
    (False, "Statement/Resource"): sources.resources,
    (True, "Statement/Principal"): sources.principal_types,
    (False, "Statement/Principal"): sources.everyone,
    (False, "Statement/Principal/AWS"): sources.aws_principals,
    (False, "Statement/Principal/Service"): sources.service_principals,
    (False, "Statement/Principal/Federated"): sources.identity_providers,
    (True, "Statement/Condition"): sources.operators,
    (True, "Statement/Condition/*"): sources.condition_keys,
    (False, "Statement/Condition/*/*"): sources.condition_values,
}


def complete(text: str, offset: int, kind: str = "identity", limit: int = 100) -> dict[str, object] | None:
    """Find the options for a cursor in a policy's text, however unfinished the text is.

    Args: the text; the cursor's offset in code points; the kind of policy; how many options at most.
    Returns `{"from", "to", "options"}`, or None where nothing can be offered. Never raises for a text.
    """
    place = place_at(text, offset)
    if place is None:
        return None
    source = _source(place)
    if source is None:
        return None
    place, source = _at_variable(place, source)
    options = _offered(source, Asked(place, kind, text), limit)
    if not options or _is_settled(options, text[place.start : place.end]):
        return None
    if not place.quoted:
        options = [{**option, "label": f'"{option["label"]}"'} for option in options]
    return {"from": place.start, "to": place.end, "options": options}


def complete_field(field: str, prefix: str, limit: int = 100) -> list[Option]:
    """Find the options for a field of its own: `action` or `key` (a condition key).

    >>> [option["label"] for option in complete_field("action", "sagemaker:DeleteModelP", limit=1)]
    ['sagemaker:DeleteModelPackage']
    """
    source = {"action": sources.actions, "key": sources.condition_keys}[field]
    place = Place((), field == "key", 0, len(prefix), prefix, quoted=True, objects=({}, {}))
    return _offered(source, Asked(place, "identity", prefix), limit)


def warm() -> None:
    """Read what completion will need now, so that the first answer need not wait; for a background thread."""
    try:
        action_names()
        operation_names()
        for service in services():
            resource_types(service)
    except CatalogueMissing:
        return


def _offered(source: Source, asked: Asked, limit: int) -> list[Option]:
    try:
        return sources.first(source(asked), limit)
    except CatalogueMissing:
        return []


def _is_settled(options: list[Option], written: str) -> bool:
    """Whether all that is left to offer stands there already; a pattern is still told what it covers."""
    return [option["label"] for option in options] == [written] and not options[0]["detail"].endswith("actions")


def _source(place: Place) -> Source | None:
    return RULES.get((place.is_key, _way(place.path)))


def _way(path: tuple[str, ...]) -> str:
    """The path as `RULES` writes it: `NotAction` like `Action`, operators and keys all alike."""
    words = [word.removeprefix("Not") if level == 1 else word for level, word in enumerate(path)]
    if words[1:2] == ["Condition"]:
        words[2:] = ["*"] * len(words[2:])
    return "/".join(words)


def _at_variable(place: Place, source: Source) -> tuple[Place, Source]:
    """Inside an open `${`, what is being typed is a policy variable."""
    begun = place.typed.rfind("${")
    takes_variables = _way(place.path) in {"Statement/Resource", "Statement/Condition/*/*"} and not place.is_key
    if not takes_variables or begun < 0 or "}" in place.typed[begun:]:
        return place, source
    return replace(place, start=place.start + begun, typed=place.typed[begun:]), sources.variables
