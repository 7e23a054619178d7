"""Around whom single documents are compared: a caller of whom nothing is known, and what else must allow.

A document of one kind gives access only together with others. What these are is chosen here so that the document
alone decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from iamlab.comparison.examples import ACCOUNT, OTHER_ACCOUNT
from iamlab.comparison.values import patterns_of
from iamlab.comparison.world import World
from iamlab.evaluation.policies import FULL_ACCESS, Document, Policies, document_policy, in_place
from iamlab.evaluation.principal import SERVICE, principal_of
from iamlab.policy import Policy
from iamlab.policy.pattern import Wildcard
from iamlab.policy.regions import Shape, regions
from iamlab.policy.variables import no_variable

__all__ = ["around", "settings", "worlds"]

PARTITION = re.compile(r"arn:(aws[a-z-]*):")


def settings(first: Document, second: Document, kind: str) -> Iterator[World]:
    """Yield the worlds in which two documents of a kind are compared.

    Identity-based policies, boundaries, session policies, SCPs and RCPs are compared for one caller who can be anyone;
    resource-based policies, trust policies and endpoint policies for each caller whom they can tell apart.
    """
    documents = document_policy(first, kind), document_policy(second, kind)
    partition = _partition(documents)
    if kind in {"resource", "trust", "vpc_endpoint"}:
        yield from _for_each_caller(documents, kind, partition)
    else:
        others = _others(kind, partition)
        yield around(*(in_place(one, kind, others) for one in documents), partition=partition, kind=kind)


def worlds(
    first: Document | Policies,
    second: Document | Policies,
    kind: str,
    principal: object,
    resource_account: str | None,
    *,
    management_account: bool = False,
) -> Iterable[World]:
    """Return the worlds in which two documents, or two sets of policies, are compared; for the arguments see `compare`.

    Raises:
        TypeError: where one is a document and the other a set of policies.
    """
    if isinstance(first, Policies) and isinstance(second, Policies):
        return [_world(first, second, principal, resource_account, management_account)]
    if isinstance(first, Policies) or isinstance(second, Policies):
        raise TypeError("Two documents can be compared, or two sets of policies; not one with the other.")
    return settings(first, second, kind)


def _world(
    first: Policies, second: Policies, principal: object, resource_account: str | None, management_account: bool
) -> World:
    """Return the world of a principal; where none is given, of a role of which nothing is known."""
    if principal is None:
        role = around(first, second)
        return World(role.principal, resource_account or role.owner, first, second, management_account, free=True)
    owner = resource_account or principal_of(principal).account
    return World(principal, owner, first, second, management_account)


def around(first: Policies, second: Policies, *, partition: str = "aws", kind: str = "identity") -> World:
    """Return the world of a role of which nothing is known."""
    who = f"arn:{partition}:iam::{ACCOUNT}:role/TrainingRole"
    session = f"arn:{partition}:sts::{ACCOUNT}:assumed-role/TrainingRole/job"
    return World(session if kind == "session" else who, ACCOUNT, first, second, free=True, supposed=kind != "rcp")


def _partition(documents: tuple[Policy, Policy]) -> str:
    """The partition that the documents' ARNs name: `aws`, unless they only name another one."""
    named = {found for one in documents for found in PARTITION.findall(one.source.text)}
    return "aws" if "aws" in named or not named else min(named)


def _others(kind: str, partition: str) -> dict[str, Any]:
    """Return what stands beside a document: all that must allow besides, and a resource's policy that delegates."""
    identity = {} if kind == "identity" else {"identity": [FULL_ACCESS]}
    return identity if kind == "rcp" else {**identity, "resource": _delegating(partition)}


@cache
def _delegating(partition: str) -> Policy:
    """The policy of a resource that leaves it to the account."""
    account = {"AWS": f"arn:{partition}:iam::{ACCOUNT}:root"}
    allow = {"Effect": "Allow", "Principal": account, "Action": "*", "Resource": "*"}
    return document_policy(json.dumps({"Version": "2012-10-17", "Statement": allow}), "resource")


def _for_each_caller(documents: tuple[Policy, Policy], kind: str, partition: str) -> Iterator[World]:
    for principal in _callers(documents, partition):
        inside = isinstance(principal, str) and f":{ACCOUNT}:" in principal
        around_it: list[dict[str, Any]] = [{}] if inside and kind == "resource" else []
        for others in (*around_it, {"identity": [FULL_ACCESS]}):
            first, second = (in_place(one, kind, others) for one in documents)
            yield World(principal, ACCOUNT, first, second)


def _callers(documents: tuple[Policy, Policy], partition: str) -> list[object]:
    """Return callers of every sort that the documents' principals tell apart, the plainest first."""
    found: dict[str, object] = {}
    for type_, text in _entries(documents):
        if type_ == "Federated" or (type_ == "Service" and SERVICE.fullmatch(text)):  # no other name makes a request
            found[f"{type_} {text}"] = {type_: text}
        elif ":role/" in text:
            arn, _, name = text.partition(":role/")
            session = f"{arn.replace(':iam:', ':sts:')}:assumed-role/{name.rpartition('/')[2]}/job"
            found |= {text: text, session: session}
        elif ":user/" in text or ":assumed-role/" in text or ":federated-user/" in text:
            found[text] = text
    for account in dict.fromkeys((*_accounts(documents), OTHER_ACCOUNT)):
        found |= {text: text for text in _anyone(documents, partition, account)}
    found |= {"anonymous": "anonymous", "service": {"Service": "unnamed.amazonaws.com"}}
    found |= {text: text for text in _anyone(documents, partition, ACCOUNT)}
    return list(found.values())


def _anyone(documents: tuple[Policy, Policy], partition: str, account: str) -> Iterator[str]:
    """Yield callers of an account: a role, a user, the root user; and one for each class that conditions tell apart."""
    arn = f"arn:{partition}:iam::{account}"
    yield from (f"{arn}:role/SomeRole", f"{arn}:user/someone", f"{arn}:root")
    tests = (test for one in documents for statement in one.statements for test in statement.condition)
    shapes = {
        shape for test in tests if test.key.lower() == "aws:principalarn" for shape in patterns_of(test, no_variable)
    }
    for kind in ("role", "user") if shapes else ():
        within = Shape((f"{arn}:{kind}/", Wildcard.ONE_IN_PART, Wildcard.RUN_IN_PART))
        yield from (text for _, text in regions(sorted(shapes, key=str), [within]) if ":" not in text.split("/", 1)[1])


def _entries(documents: tuple[Policy, Policy]) -> Iterator[tuple[str, str]]:
    for policy in documents:
        for statement in policy.statements:
            for entry in statement.principal.entries if statement.principal else ():
                yield entry.type, entry.text


def _accounts(documents: tuple[Policy, Policy]) -> Iterator[str]:
    for _, text in _entries(documents):
        if found := re.search(r"(?<!\d)\d{12}(?!\d)", text):
            yield found.group()
