"""Why a request was decided as it was: one or two sentences."""

from __future__ import annotations

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY, Match
from iamlab.evaluation.explanation import Explanation, StatementTrace
from iamlab.policy import KINDS
from iamlab.reporting.words import and_list, code

__all__ = ["nearest_trace", "policy_name", "reason", "statement_name"]

NO_ALLOW = {
    "identity-based policies": "No statement allows this, so the default stands.",
    "permissions boundary": "{grant} allows this, and the permissions boundary leaves no room for it.",
    "session policies": "The {maker} may do this, and no session policy allows it: a session policy only narrows.",
    "Organizations SCPs": "At one level of the organization no service control policy allows this.",
    "Organizations RCPs": "At one level of the organization no resource control policy allows this.",
    "VPC endpoint policy": "The VPC endpoint's policy does not let this through.",
    "resource-based policies": "The resource's own policy must allow this, and none of its statements does.",
}
"""What an implicit deny means, by the step that ended the evaluation."""

STEP_LABELS = {
    "identity-based policies": ("identity", "resource"),
    "resource-based policies": ("resource",),
    "permissions boundary": ("permissions_boundary",),
    "session policies": ("session",),
    "Organizations SCPs": ("scp",),
    "Organizations RCPs": ("rcp",),
    "VPC endpoint policy": ("vpc_endpoint",),
}
"""Which policies may lack the Allow where a step ended with an implicit deny."""

SILENT = "no statement of any policy was needed."


def policy_name(label: str, kind: str) -> str:
    """Return what a policy is called in a sentence; several of one kind are numbered.

    >>> policy_name("identity[1]", "identity")
    'identity-based policy 2'
    """
    numbers = [int(part.rstrip("]")) + 1 for part in label.split("[")[1:]]
    if kind in {"scp", "rcp"} and numbers:
        return f"{KINDS[kind].label} {numbers[-1]} of level {numbers[0]}"
    return f"{KINDS[kind].label} {numbers[0]}" if numbers else KINDS[kind].label


def statement_name(match: Match | StatementTrace, own: str = "") -> str:
    """Return what a statement is called; in another policy than `own` with the policy's name."""
    statement, attached = match.statement, match.attached
    sid = f", {code(statement.sid)}," if statement.sid else ""
    name = f"Statement {statement.index + 1}{sid}"
    if attached.label == own:
        return name
    return f"{name.rstrip(',')}{',' if sid else ''} of the {policy_name(attached.label, attached.policy.kind)}"


def reason(explanation: Explanation, own: str = "") -> str:
    """Return why a request was decided so.

    Args:
        explanation: the decision with its trace.
        own: the label of the policy that the reader has before them; its statements are named without their policy.
    """
    decision = explanation.decision
    if decision.decision == EXPLICIT_DENY and decision.match:
        return (
            f"{statement_name(decision.match, own)} denies this request. An explicit deny overrides every allow, "
            "so no other statement can undo it."
        )
    if decision.decision == ALLOWED:
        return _allowed(explanation, own)
    return _not_allowed(explanation, own)


def _allowed(explanation: Explanation, own: str) -> str:
    match = explanation.decision.match
    if match is None:
        answers = [
            trace.answer for trace in explanation.steps if trace.answer and trace.step.name == explanation.decision.step
        ]
        note = answers[-1].note if answers else ""
        why = {
            "the account's root user": "The caller is the root user of the resource's account: ",
            "needs no permission": "This operation needs no permission: ",
        }.get(note, "")
        return f"{why}{SILENT}" if why else SILENT.capitalize()
    return f"{statement_name(match, own)} allows this request, and no statement denies it."


def nearest_trace(explanation: Explanation, own: str = "") -> StatementTrace | None:
    """Return the statement that comes closest to allowing what was implicitly denied, where one can be named.

    Args:
        explanation: the decision with its trace.
        own: the label of the one policy to look at; otherwise those that the deciding step asked.
    """
    decision = explanation.decision
    if decision.decision != IMPLICIT_DENY:
        return None
    labels = STEP_LABELS[decision.step]
    if own:
        return explanation.nearest(own) if own.startswith(labels) else None
    return explanation.nearest(labels[0])


def _not_allowed(explanation: Explanation, own: str) -> str:
    maker = "user" if explanation.request.principal.type == "FederatedUser" else "role"
    granted = [trace.answer for trace in explanation.steps if trace.step.name == "identity-based policies"]
    supplied = any(answer and answer.yes and not answer.matches for answer in granted)
    grant = "The resource's own policy" if supplied else "An identity-based policy"
    sentence = NO_ALLOW[explanation.decision.step].format(maker=maker, grant=grant)
    nearest = nearest_trace(explanation, own)
    ended = next((trace.answer for trace in explanation.steps if trace.outcome), None)
    if ended and ended.note:
        return f"{ended.note[0].upper()}{ended.note[1:]}."
    if nearest is None or not nearest.failed:
        return sentence
    failed = [element.name for element in nearest.failed]
    if len(failed) == 1:
        return f"{sentence} {statement_name(nearest, own)} comes closest: its {failed[0]} does not match."
    count = {2: "two", 3: "three", 4: "four"}[len(failed)]
    closest = f"{statement_name(nearest, own)} comes closest"
    return f"{sentence} {closest}: {count} of its elements do not match, {and_list(failed)}."
