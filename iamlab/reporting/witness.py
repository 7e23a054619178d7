"""How a witness is told: one sentence on a request that a policy should decide otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iamlab.comparison import Witness
from iamlab.evaluation import Explanation
from iamlab.evaluation.decision import EXPLICIT_DENY
from iamlab.evaluation.explanation import StatementTrace
from iamlab.reporting.reasons import reason
from iamlab.reporting.words import code, plural

__all__ = ["deciding_statement", "shown_request", "too_little", "too_much", "witness_data"]

NAME_PRINCIPALS = frozenset({"resource", "trust", "vpc_endpoint", "rcp"})
"""Kinds of policies that say who: of a request that they decide, it is told who asks."""
ROOM, THROUGH = ("leaves room for", "leave room for it"), ("lets through", "let it through")
LETTING = {"permissions_boundary": ROOM, "session": ROOM, "scp": THROUGH, "rcp": THROUGH, "vpc_endpoint": THROUGH}
"""What a kind of policy does that grants nothing itself; the others allow."""
ALLOWING = ("allows", "allow it")


def shown_request(witness: Witness, kind: str = "identity") -> str:
    """Return a request in words: `s3:GetObject` on `arn:…`, where `aws:SourceIp` is `203.0.113.7`."""
    who = f", asked by {_asker(witness.principal)}" if kind in NAME_PRINCIPALS else ""
    context = [f"{code(key)} is {_value(value)}" for key, value in witness.context.items()]
    where = f", where {' and '.join(context)}" if context else ""
    return f"{code(witness.action)} on {code(witness.resource)}{who}{where}"


def _asker(principal: object) -> str:
    if isinstance(principal, Mapping):
        ((type_, name),) = principal.items()
        return f"the service {code(name)}" if type_ == "Service" else code(name)
    return "somebody who signs nothing" if principal == "anonymous" else code(str(principal))


def _value(value: str | list[str]) -> str:
    return code(value) if isinstance(value, str) else f"[{', '.join(code(one) for one in value)}]"


def too_much(witness: Witness, explanation: Explanation | None, own: str, kind: str = "identity") -> str:
    """Return the sentence on a request that the policy, which stands first, should not allow.

    Args:
        witness: the request.
        explanation: why it is allowed, where it is known.
        own: the label of the learner's policy in the explanation.
        kind: the policy's kind.
    """
    more = f" The same holds for {plural(len(witness.also), 'more action')}." if witness.also else ""
    shown, trace = shown_request(witness, kind), deciding_statement(explanation, own)
    if explanation and trace is None:
        by = "another policy allows it" if explanation.decision.match else "it is allowed anyway"
        return f"The task rules out {shown}: {by}, and your policy does not stop it.{more}"
    by = f", by {_placed(trace)}" if trace else ""
    return f"Your policy also {LETTING.get(kind, ALLOWING)[0]} {shown}{by}; the task rules this out.{more}"


def too_little(witness: Witness, explanation: Explanation | None, own: str, kind: str = "identity") -> str:
    """Return the sentence on a request that the policy, which stands first, should allow.

    Args:
        witness: the request.
        explanation: why the policy does not allow it, where it is known.
        own: the label of the learner's policy in the explanation.
        kind: the policy's kind.
    """
    why = f" {reason(explanation, own)}" if explanation else ""
    lets = LETTING.get(kind, ALLOWING)[1]
    return f"The task asks for {shown_request(witness, kind)}, and your policy does not {lets}.{why}"


def deciding_statement(explanation: Explanation | None, own: str) -> StatementTrace | None:
    """Return the statement of a policy that allows a request, or denies it explicitly; None where none does."""
    if explanation is None:
        return None
    effect = "Deny" if explanation.decision.decision == EXPLICIT_DENY else "Allow"
    return next((trace for trace in explanation.statements(effect, own) if trace.applies), None)


def _placed(trace: StatementTrace) -> str:
    line, _ = trace.attached.policy.source.position(trace.statement.span.start)
    return f"statement {trace.statement.index + 1}, line {line}"


def witness_data(witness: Witness) -> dict[str, Any]:
    """Return a witness as plain data, with both decisions: the policy's, and the task's."""
    principal = witness.principal
    supposed = {"resource_account": witness.resource_account, "resource_policy": witness.resource_policy}
    return {
        "principal": dict(principal) if isinstance(principal, Mapping) else str(principal),
        "action": witness.action,
        "resource": witness.resource,
        "context": dict(witness.context),
        "yours": witness.first,
        "task": witness.second,
        "also": list(witness.also),
        **{key: value for key, value in supposed.items() if value is not None},
    }
