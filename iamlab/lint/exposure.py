"""Whom a resource-based policy or a trust policy lets in, and whether a condition holds the rest out.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (what AWS counts
as public, and which keys with a fixed value make a policy not public).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from iamlab.lint.subject import Subject, key_form
from iamlab.policy import Statement
from iamlab.policy.statement import ConditionTest, PrincipalEntry
from iamlab.policy.values import Network, read_network

__all__ = ["SOURCES", "everyone", "is_barred", "is_held", "providers"]

FIXED = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:principaltag",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpcarn",
        "aws:sourcevpce",
        "aws:userid",
        "aws:username",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        "kms:calleraccount",
        "kms:viaservice",
        "lambda:functionarn",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "sns:endpoint",
        "sts:externalid",
    }
)
"""Keys that, with a fixed value, say who or where from."""

SOURCES = frozenset({"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner"})
"""Keys that say for whose resource a service calls (rule T29)."""

WIDEST = {4: 8, 6: 32}
"""The shortest prefix of an address range that still counts as fixed, by version."""


def everyone(subject: Subject, statement: Statement) -> Iterator[PrincipalEntry]:
    """Yield the entries of `Principal` that mean everyone (rule P15)."""
    return (entry for entry in subject.principals_of(statement, "AWS") if entry.is_everyone)


def is_held(statement: Statement) -> bool:
    """Return whether a condition fixes who may come, or where from."""
    return any(_holds(test) for test in statement.condition)


def is_barred(subject: Subject) -> bool:
    """Return whether the policy denies everyone who does not come from somewhere, whatever else it allows."""
    denies = (statement for statement in subject.denies if any(everyone(subject, statement)))
    return any(_bars(test) for statement in denies for test in statement.condition)


def _bars(test: ConditionTest) -> bool:
    return test.use.operator.negated and (key_form(test.key) in FIXED or test.use.operator.family == "IpAddress")


def _holds(test: ConditionTest) -> bool:
    use = test.use
    if use.operator.negated or use.if_exists or use.set_operator == "ForAllValues":
        return False
    if use.operator.family == "IpAddress":
        return all(_is_fixed_range(value.text) for value in test.values)
    if use.operator.family == "Bool":
        return key_form(test.key) == "aws:principalisawsservice" and all(v.text == "true" for v in test.values)
    fixed = key_form(test.key) in FIXED or use.operator.family == "Arn"
    return fixed and use.operator.family != "Null" and not any(_is_open(value.text) for value in test.values)


def _is_fixed_range(text: str) -> bool:
    network = read_network(text)
    return isinstance(network, get_args(Network)) and network.prefixlen >= WIDEST[network.version]


def _is_open(text: str) -> bool:
    """Whether a value fits whoever likes: nothing but wildcards, or an ARN whose account is left open."""
    parts = text.split(":", 5)
    return not text.strip("*?") or (len(parts) == 6 and not (parts[4] + parts[5]).strip("*?"))


def providers(subject: Subject, statement: Statement, action: str) -> Iterator[PrincipalEntry]:
    """Yield the identity providers that a trust policy's statement lets in by an action."""
    if statement.effect == "Allow" and subject.takes_in(statement, action):
        yield from subject.principals_of(statement, "Federated")
