"""Sentences about catalogue entries, as the editor shows them beside a completion."""

from __future__ import annotations

import re

from iamlab.aws.catalogue import Action, ConditionKey, keys_of, types_of
from iamlab.aws.operations import Authorization

LEVELS = {"Permissions management": "permissions"}
KEY_TYPES = {
    "String": "string",
    "ARN": "ARN",
    "Bool": "true or false",
    "Numeric": "number",
    "Date": "date",
    "IPAddress": "IP address",
}
TELLING_KEYS = (
    "s3:prefix",
    "s3:x-amz-server-side-encryption",
    "s3:object-lock-mode",
    "s3:ExistingObjectTag/<key>",
    "iam:PassedToService",
    "sagemaker:InstanceTypes",
    "sagemaker:VpcSubnets",
    "sagemaker:NetworkIsolation",
    "kms:ViaService",
)
"""Keys worth naming first where an action has many."""

_GRANTS = re.compile(r"Grants? permissions? to (?P<adverb>[a-z]+ly )?(?P<verb>[a-z]+)(?P<second> (?:and|or) [a-z]+)? ")
_SECOND_VERBS = re.compile(
    "accumulate|add|attach|authenticate|change|clean|complete|configure|continue|create|deactivate|decrypt|define|"
    "delete|deny|disable|disassociate|exclude|expand|filter|launch|maintain|manage|modify|open|overwrite|reconnect|"
    "recreate|remove|replace|reserve|restrict|retrieve|return|save|send|set|specify|start|submit|transform|unshare|"
    "unsubscribe|update|write"
)
_IS_NO_VERB = re.compile(r"[^s]s$|ly$|^be$|^the$")
_SENTENCE_END = re.compile(r"(?<!e\.g)(?<!i\.e)\.(?:\s|$)")


def access_level(action: Action) -> str:
    """The access level in a word: `write`, `permissions`.

    AWS lists `Tagging` and `Permissions management` beside `Write`; the first of them tells more.
    """
    level = action.access_levels[0]
    return LEVELS.get(level, level.lower())


def about_action(action: Action) -> str:
    """What an action does, what it works on, and which keys its requests carry.

    >>> from iamlab.aws.catalogue import find_action
    >>> about_action(find_action("sagemaker:ListTrainingJobs"))
    'Lists training jobs. Resource: `*` only. Keys: none of its own.'
    """
    return f"{first_sentence(action.description)} {_resources(action)} {_keys(action)}"


def about_key(key: ConditionKey) -> str:
    """What a condition key holds, and whether it takes a set operator (rule O34)."""
    text = first_sentence(key.description)
    many = "Multivalued, so it takes `ForAnyValue:` or `ForAllValues:`."
    return f"{text} {many}" if key.multivalued else text


def key_type(key: ConditionKey) -> str:
    """The type of a key's values: `string`, `list of ARN`."""
    word = KEY_TYPES.get(key.type.removeprefix("ArrayOf"), key.type)
    return f"{word}, multivalued" if key.multivalued else word


def first_sentence(description: str) -> str:
    """AWS's description, its first sentence, said of the action: `Adds an object to a bucket.`.

    >>> first_sentence("Grants permission to create or update a role")
    'Creates or updates a role.'
    """
    end = _SENTENCE_END.search(description)
    text = description[: end.start()] if end else description
    grants = _GRANTS.match(text)
    if grants is None or _IS_NO_VERB.search(grants["verb"]):
        return text + "."
    joint, _, second = (grants["second"] or "").strip().partition(" ")
    verbs = _third_person(grants["verb"])
    if joint:
        verbs += f" {joint} {_third_person(second) if _SECOND_VERBS.fullmatch(second) else second}"
    sentence = f"{grants['adverb'] or ''}{verbs} {text[grants.end() :]}."
    return sentence[0].upper() + sentence[1:]


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def about_operation(known: Authorization) -> str:
    """Which actions are checked when an operation of another name is called.

    >>> from iamlab.aws.operations import authorized_actions
    >>> about_operation(authorized_actions("s3", "CopyObject"))
    'The operation `CopyObject` is authorized as `s3:PutObject` and `s3:GetObject`.'
    """
    return f"The operation `{known.operation}` is authorized as {' and '.join(f'`{name}`' for name in known.actions)}."


def _resources(action: Action) -> str:
    names = [f"`{kind.name}`" for kind in types_of(action)]
    if not names:
        return "Resource: `*` only."
    return f"Resource: {' or '.join(names)}." if len(names) < 4 else f"Resource: {_some(names, 3)}."


def _keys(action: Action) -> str:
    keys = sorted(keys_of(action), key=how_telling)
    return f"Keys: {_some([f'`{key}`' for key in keys], 2)}." if keys else "Keys: none of its own."


def how_telling(key: str) -> tuple[int, bool]:
    """A key's rank where some of many are shown: telling ones first, global ones last."""
    rank = TELLING_KEYS.index(key) if key in TELLING_KEYS else len(TELLING_KEYS)
    return rank, key.startswith("aws:")


def _some(words: list[str], most: int) -> str:
    rest = len(words) - most
    if rest > 0:
        return f"{', '.join(words[:most])} and {rest} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
