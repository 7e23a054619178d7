"""What would have to change for a request to be allowed, in sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass

from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.remedy import Change, remedy
from iamlab.evaluation.scope import is_assumption
from iamlab.reporting.reasons import statement_name
from iamlab.reporting.words import code

__all__ = ["NOTHING_ELSE", "NO_CHANGE_HELPS", "ChangeLine", "change_lines"]

NOTHING_ELSE = "Nothing else stands in the way."
NO_CHANGE_HELPS = "No change of a policy lets this request through."

PLACES = {
    "Organizations RCPs": "to the resource control policies of each level that lacks it",
    "Organizations SCPs": "to the service control policies of each level that lacks it",
    "VPC endpoint policy": "to the VPC endpoint policy",
    "resource-based policies": "to the resource's policy",
    "identity-based policies": "to an identity-based policy of the caller",
    "permissions boundary": "to the permissions boundary",
    "session policies": "to a session policy",
}
"""Where an Allow goes that a step misses."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: a sentence, and the statement to add, as text, where there is one."""

    change: Change
    text: str
    statement: str = ""


def change_lines(explanation: Explanation) -> list[ChangeLine] | None:
    """Return the changes that together let a request through; none where it is allowed, None where no change helps."""
    changes = remedy(explanation.request, explanation.given, management_account=explanation.management_account)
    return None if changes is None else [_line(change, explanation) for change in changes]


def _line(change: Change, explanation: Explanation) -> ChangeLine:
    if change.deny is not None:
        name = statement_name(change.deny)
        where = f"{name[0].lower()}{name[1:]} (line {change.deny.place.line})"
        return ChangeLine(change, f"Take out {where}, or narrow it so that it spares this request.")
    request = explanation.request
    action = code(request.action)
    what = action if request.resource == "*" else f"{action} for this resource"
    is_trust = change.step == "resource-based policies" and is_assumption(request)
    place = "to the role's trust policy" if is_trust else PLACES[change.step]
    return ChangeLine(change, f"Allow {what}: add this {place}.", json.dumps(change.allow))
