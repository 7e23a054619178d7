"""Which condition keys the requests for an action carry.

Source: the Service Authorization Reference's tables of actions, resource types and condition keys; for the keys that
every request may carry, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from iamlab.aws.catalogue import find_action, find_condition_key, keys_of, services
from iamlab.lint.subject import Subject, names_of
from iamlab.policy import Statement
from iamlab.policy.statement import ConditionTest

__all__ = ["carries", "is_judged", "is_plain", "uncarried"]

BY_ACTION = ("aws:requesttag/", "aws:resourcetag/", "aws:tagkeys")
"""The global keys that the catalogue lists action by action; every other global key is any action's."""

OF_CREDENTIALS = frozenset(
    {
        "ec2:roledelivery",
        "ec2:sourceinstancearn",
        "ec2:instancemetadatatagged",
        "glue:credentialissuingservice",
        "glue:roleassumedby",
        "identitystore:userid",
        "lambda:sourcefunctionarn",
        "ssm:sourceinstancearn",
    }
)
"""Keys of services that come with the caller's credentials, so that requests to other services carry them too."""


def is_plain(test: ConditionTest) -> bool:
    """Return whether a test is false where its key is missing: not negated, no IfExists, no ForAllValues, no Null."""
    use = test.use
    return not (
        use.operator.negated or use.if_exists or use.set_operator == "ForAllValues" or use.operator.family == "Null"
    )


def is_judged(key: str) -> bool:
    """Return whether the catalogue tells which actions carry a key: it knows the key, and the key is not any action's.

    >>> is_judged("s3:prefix"), is_judged("aws:SourceIp"), is_judged("token.actions.githubusercontent.com:sub")
    (True, False, False)
    """
    lower = key.lower()
    if lower in OF_CREDENTIALS or find_condition_key(key) is None:
        return False
    return lower.startswith(BY_ACTION) or lower.partition(":")[0] in services()


@lru_cache(maxsize=65536)
def carries(action: str, key: str) -> bool:
    """Return whether requests for an action may carry a key; of unknown actions and keys, and global ones, all may.

    >>> carries("s3:ListBucket", "s3:prefix"), carries("s3:GetObject", "s3:prefix")
    (True, False)
    """
    if not is_judged(key) or find_action(action) is None:
        return True
    return key.lower() in _keys(action) or _form(key.lower()) in _keys(action)


def uncarried(subject: Subject, statement: Statement) -> Iterator[ConditionTest]:
    """Yield the tests of a condition over keys that no action of the statement carries."""
    entries = subject.named(statement)
    if len(entries) != len(statement.action.entries) or not all(names_of(entry.text) for entry in entries):
        return
    for test in statement.condition:
        if is_judged(test.key) and not any(
            carries(name, test.key) for entry in entries for name in names_of(entry.text)
        ):
            yield test


@lru_cache(maxsize=8192)
def _keys(action: str) -> frozenset[str]:
    found = find_action(action)
    return frozenset(_form(key.lower()) for key in keys_of(found)) if found else frozenset()


def _form(key: str) -> str:
    """A key without the name that its writer chooses: the tag's, or that of an encryption context."""
    if "/" in key:
        return key.partition("/")[0] + "/"
    head, _, tail = key.partition(":")
    return f"{head}:{tail.partition(':')[0]}:" if ":" in tail and tail.startswith("encryptioncontext") else key
