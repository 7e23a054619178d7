"""The statement that would allow a request, for the kind of policy that it is to stand in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from iamlab.aws.catalogue import find_action, types_of
from iamlab.aws.templates import arns_for
from iamlab.evaluation.principal import principal_of
from iamlab.policy import PolicyError, parse_arn, parse_policy

__all__ = ["draft_statement", "written"]

UNWRITABLE = re.compile(r"[^ -\u00ff]")
"""Characters that no IAM policy can hold (rule G28); `?` stands for each."""

NO_RESOURCE = {"trust"}
EVERYONE = {"vpc_endpoint", "rcp"}


def draft_statement(
    kind: str, principal: str, actions: Sequence[str], resource: str, condition: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Return a statement that allows a request, or None where what is known does not make one.

    Args:
        kind: the kind of policy in which it is to stand.
        principal: who asked; needed where the kind names principals.
        actions: what was asked.
        resource: on what; where it is not known, a form with names in capitals to fill in.
        condition: the statement's `Condition`, if any.
    """
    statement: dict[str, Any] = {"Effect": "Allow"}
    if kind in {"resource", "trust"}:
        if not (who := _principal(principal)):
            return None
        statement["Principal"] = who
    elif kind in EVERYONE:
        statement["Principal"] = "*"
    statement["Action"] = actions[0] if len(actions) == 1 else list(actions)
    if kind not in NO_RESOURCE:
        statement["Resource"] = written(resource) if resource else _form(actions)
    if condition:
        statement["Condition"] = condition
    return statement if _is_valid(statement, kind) else None


def written(resource: str) -> str:
    """Return an ARN as a policy writes it: `${` is no variable there, and what no policy can hold is a `?`."""
    return UNWRITABLE.sub("?", resource).replace("${", "${$}{")


def _principal(text: str) -> Any:
    if text == "anonymous":
        return "*"
    if text.endswith(".amazonaws.com"):
        return {"Service": text}
    try:
        arn = principal_of(text).arn
    except ValueError:
        return None
    return {"AWS": arn} if arn else None


def _form(actions: Sequence[str]) -> Any:
    """The shapes of the ARNs that the actions take, with names in capitals; `*` where they take none."""
    forms = []
    for name in actions:
        action = find_action(name)
        kinds = types_of(action)[:1] if action else ()
        named = [arn for arn in arns_for(kinds) if not arn.endswith("*")]
        forms += named[:1] or list(arns_for(kinds))[:1] or ["*"]
    unique = list(dict.fromkeys(forms))
    return unique[0] if len(unique) == 1 else unique


def _is_valid(statement: dict[str, Any], kind: str) -> bool:
    try:
        parse_policy(json.dumps({"Version": "2012-10-17", "Statement": [statement]}), kind)
    except PolicyError:
        return False
    return statement.get("Resource", "*") == "*" or all(
        one == "*" or parse_arn(one) for one in _listed(statement["Resource"])
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
