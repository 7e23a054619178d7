"""The smallest policy that allows what was used: `smallest_policy`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from iamlab.aws.catalogue import find_condition_key
from iamlab.comparison import Comparison, compare
from iamlab.diagnosis.resources import SECRET_ENDING
from iamlab.evaluation.evaluator import Evaluator
from iamlab.evaluation.policies import Document, Policies, document_policy
from iamlab.evaluation.principal import principal_of
from iamlab.policy import Policy, Statement

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KEPT_KEYS", "Trimmed", "smallest_policy"]

KEPT_KEYS = ("iam:PassedToService", "kms:ViaService")
"""Condition keys that a smallest policy keeps unless told otherwise: they say on whose behalf an action is used."""

OPERATORS = {
    "Bool": "Bool",
    "IPAddress": "IpAddress",
    "ARN": "ArnEquals",
    "Numeric": "NumericEquals",
    "Date": "DateEquals",
}
"""The operator for a key's type; `StringEquals` for every other."""

Conditions = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Conditions as operator, key and values, in order, so that equal ones are equal."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A smallest policy, and what it takes away.

    `document` allows each of the `requests` distinct requests that were used. `unknown` are actions whose resource the
    records do not tell, so that they stand with `*`. `unexplained` counts requests that the present policy does not
    allow, so that another policy must have. `comparison` is that of the present policy with this one; None without a
    present policy.
    """

    document: dict[str, Any]
    requests: int = 0
    unknown: tuple[str, ...] = ()
    unexplained: int = 0
    comparison: Comparison | None = None

    @property
    def size(self) -> int:
        """The characters that count against IAM's limit: all but white space between elements."""
        return len(json.dumps(self.document, separators=(",", ":"), ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class _Use:
    """One distinct request that succeeded, with the conditions under which it is to be allowed."""

    action: str
    resource: str
    conditions: Conditions


def smallest_policy(
    frame: pd.DataFrame,
    present: Document | None = None,
    *,
    principal: str | None = None,
    keys: Iterable[str] = KEPT_KEYS,
) -> Trimmed:
    """Return the smallest identity-based policy that allows what was used.

    Args:
        frame: what `read_trail` returns; requests that failed are left out.
        present: the policy that is attached now. Its conditions are kept in the statements for the requests that it
            allows under them, and the result is compared with it.
        principal: the ARN of a user or role, to which the policy is to be attached; all principals otherwise.
        keys: condition keys that are kept with the values that the requests had.

    Raises:
        PolicyError: where the present policy is none.

    Actions that share their resources and conditions stand in one statement, sorted.
    """
    policy = None if present is None else document_policy(present, "identity")
    rows = list(_used_rows(frame, principal))
    kept = _Kept(policy, tuple(keys))
    uses = {_Use(row["action"], row["resource"], kept.conditions(row)) for row in rows}
    document = {"Version": "2012-10-17", "Statement": list(_statements(uses))}
    return Trimmed(
        document,
        requests=len(uses),
        unknown=tuple(sorted({row["action"] for row in rows if not row["known"]})),
        unexplained=kept.unexplained,
        comparison=None if policy is None else compare(policy, document),
    )


def _used_rows(frame: pd.DataFrame, principal: str | None) -> Iterator[Mapping[str, Any]]:
    """Yield the requests that succeeded, of principals to whom an identity-based policy can be attached."""
    columns = ["principal", "action", "resource", "context", "resource_account", "known"]
    used = frame[frame["error_code"] == ""]
    for values in zip(*(used[name] for name in columns), strict=True):
        row = dict(zip(columns, values, strict=True))
        if _is_of(row["principal"], principal):
            yield row


def _is_of(asked: str, principal: str | None) -> bool:
    try:
        who = principal_of(asked)
    except ValueError:
        return False
    if not who.has_identity_policies or who.is_root:
        return False
    return principal is None or principal in {asked, who.arn} or _same_role(who.arn or "", principal)


def _same_role(arn: str, principal: str) -> bool:
    """Whether a role's ARN is the other with its path, which a session's ARN does not tell."""
    mark = ":role/"
    account, _, name = principal.partition(mark)
    return mark in principal and arn == f"{account}{mark}{name.rpartition('/')[2]}"


class _Kept:
    """Finds the conditions that a request's statement keeps."""

    def __init__(self, present: Policy | None, keys: Sequence[str]) -> None:
        self.present, self.keys, self.unexplained = present, keys, 0
        self._decide = Evaluator(Policies.of(identity=present)).decide if present else None

    def conditions(self, row: Mapping[str, Any]) -> Conditions:
        """Return the conditions by key as the request had them, and those of the statement that allows it now."""
        context = {key.lower(): value for key, value in row["context"].items()}
        own = {_condition(key, context[key.lower()]) for key in self.keys if key.lower() in context}
        taken = {(operator, key.lower()) for operator, key, _ in own}
        kept = {one for one in self._of_present(row) if (one[0], one[1].lower()) not in taken}
        return tuple(sorted(own | kept))

    def _of_present(self, row: Mapping[str, Any]) -> Conditions:
        if self._decide is None:
            return ()
        try:
            decision = self._decide(*(row[name] for name in ("principal", "action", "resource", "context")))
        except ValueError:
            return ()
        if not decision.allowed:
            self.unexplained += 1
            return ()
        statements = [match.statement for match in decision.matches]
        plain = any(not statement.condition for statement in statements)
        return () if plain or self.present is None else _written_conditions(self.present, statements[0])


def _condition(key: str, value: Any) -> tuple[str, str, tuple[str, ...]]:
    known = find_condition_key(key)
    operator = OPERATORS.get(known.type, "StringEquals") if known else "StringEquals"
    values = value if isinstance(value, list | tuple) else [value]
    prefix = "ForAllValues:" if known and known.multivalued else ""
    return f"{prefix}{operator}", key, tuple(sorted(str(one) for one in values))


def _written_conditions(policy: Policy, statement: Statement) -> Conditions:
    """The conditions of a statement as they are written."""
    raw = json.loads(policy.source.text[statement.span.start : statement.span.end]).get("Condition", {})
    plain = policy.version != "2012-10-17"  # `${` means nothing special there (rule G3), but does in the new policy
    return tuple(
        (operator, key, tuple(_text(one, plain) for one in (values if isinstance(values, list) else [values])))
        for operator, block in raw.items()
        for key, values in block.items()
    )


def _text(value: Any, plain: bool) -> str:
    text = json.dumps(value) if isinstance(value, bool | int | float) else str(value)
    return text.replace("${", "${$}{") if plain else text


# Statements


def _statements(uses: set[_Use]) -> Iterator[dict[str, Any]]:
    """Group uses so that no statement allows more than they are: by resource and condition, then by equal actions."""
    actions: dict[tuple[str, Conditions], set[str]] = {}
    for use in uses - {use for use in uses if use.conditions and replace(use, conditions=()) in uses}:
        actions.setdefault((use.resource, use.conditions), set()).add(use.action)
    resources: dict[tuple[tuple[str, ...], Conditions], set[str]] = {}
    for (resource, conditions), names in actions.items():
        resources.setdefault((tuple(sorted(names)), conditions), set()).add(resource)
    for (shared, conditions), listed in sorted(resources.items(), key=lambda item: (sorted(item[1]), item[0])):
        yield _statement(shared, sorted(listed), conditions)


def _statement(actions: Sequence[str], resources: Sequence[str], conditions: Conditions) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": _one_or_list(actions)}
    statement["Resource"] = _one_or_list([literal(resource) for resource in resources])
    if conditions:
        statement["Condition"] = {}
        for operator, key, values in conditions:
            statement["Condition"].setdefault(operator, {})[key] = _one_or_list(values)
    return statement


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def literal(resource: str) -> str:
    """Return an ARN as a policy writes it so that it means that resource alone (rule V1: `${*}` is a star).

    >>> literal("arn:aws:s3:::b/a*b")
    'arn:aws:s3:::b/a${*}b'
    """
    if resource == "*":
        return resource
    ending = SECRET_ENDING if resource.endswith(SECRET_ENDING) else ""
    escaped = (
        resource.removesuffix(ending)
        .replace("${", "\0")
        .replace("*", "${*}")
        .replace("?", "${?}")
        .replace("\0", "${$}{")
    )
    return "".join(character if " " <= character <= "\u00ff" else "?" for character in escaped) + ending
