"""How a witness is told: one sentence on a request that a policy should decide otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iamlab.comparison import Witness
from iamlab.evaluation import Explanation
from iamlab.evaluation.decision import Decision
from iamlab.reporting.reasons import reason
from iamlab.reporting.words import code, plural

__all__ = ["shown_request", "too_little", "too_much", "witness_data"]


def shown_request(witness: Witness) -> str:
    """Return a request in words: `s3:GetObject` on `arn:…`, where `aws:SourceIp` is `203.0.113.7`."""
    context = [f"{code(key)} is {_value(value)}" for key, value in witness.context.items()]
    where = f", where {' and '.join(context)}" if context else ""
    return f"{code(witness.action)} on {code(witness.resource)}{where}"


def _value(value: str | list[str]) -> str:
    return code(value) if isinstance(value, str) else f"[{', '.join(code(one) for one in value)}]"


def too_much(witness: Witness) -> str:
    """Return the sentence on a request that the policy, which stands first, should not allow."""
    by = _statement(witness.decisions[0])
    more = f" The same holds for {plural(len(witness.also), 'more action')}." if witness.also else ""
    return f"Your policy also allows {shown_request(witness)}{by}; the task rules this out.{more}"


def too_little(witness: Witness, explanation: Explanation | None, own: str) -> str:
    """Return the sentence on a request that the policy, which stands first, should allow.

    Args:
        witness: the request.
        explanation: why the policy does not allow it, where it is known.
        own: the label of the learner's policy in the explanation.
    """
    denied = witness.decisions[0]
    why = f" {reason(explanation, own)}" if explanation else _statement(denied)
    return f"The task asks for {shown_request(witness)}, and your policy does not allow it.{why}"


def _statement(decision: Decision) -> str:
    if decision.match is None:
        return ""
    return f", by statement {decision.match.statement.index + 1}, line {decision.match.place.line}"


def witness_data(witness: Witness) -> dict[str, Any]:
    """Return a witness as plain data, with both decisions: the policy's, and the task's."""
    principal = witness.principal
    return {
        "principal": principal if isinstance(principal, str) else dict(_mapping(principal)),
        "action": witness.action,
        "resource": witness.resource,
        "context": dict(witness.context),
        "yours": witness.first,
        "task": witness.second,
        "also": list(witness.also),
    }


def _mapping(principal: object) -> Mapping[str, Any]:
    return principal if isinstance(principal, Mapping) else {"principal": str(principal)}
