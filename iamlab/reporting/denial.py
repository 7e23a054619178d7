"""AWS's own sentence for a request that is not allowed.

The templates are those of troubleshoot_access-denied.html in the IAM User Guide (rules D1–D9, D13). Services differ:
some say less than this sentence, Amazon S3 often no more than "Access Denied" (D12).
"""

from __future__ import annotations

from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY
from iamlab.evaluation.explanation import Explanation
from iamlab.evaluation.scope import is_assumption

__all__ = ["denial_sentence"]

EXPLICIT = {
    "identity": "an identity-based policy",
    "resource": "a resource-based policy",
    "trust": "the role trust policy",
    "permissions_boundary": "a permissions boundary",
    "session": "a session policy",
    "scp": "a service control policy",
    "rcp": "a resource control policy",
    "vpc_endpoint": "a VPC endpoint policy",
}
IMPLICIT = {
    "identity-based policies": "identity-based policy",
    "resource-based policies": "resource-based policy",
    "permissions boundary": "permissions boundary",
    "session policies": "session policy",
    "Organizations SCPs": "service control policy",
    "Organizations RCPs": "resource control policy",  # no page has this form: AWS's own RCP always allows (rule D8)
    "VPC endpoint policy": "VPC endpoint policy",
}


def denial_sentence(explanation: Explanation) -> str | None:
    """Return the sentence that AWS answers a denied request with; None where the request is allowed.

    >>> from iamlab import Policies, Request, explain
    >>> request = Request.of("arn:aws:iam::111122223333:user/maya", "s3:GetObject", "arn:aws:s3:::b/x")
    >>> print(denial_sentence(explain(request, Policies())))  # doctest: +NORMALIZE_WHITESPACE
    User: arn:aws:iam::111122223333:user/maya is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/x
    because no identity-based policy allows the s3:GetObject action
    """
    decision, request = explanation.decision, explanation.request
    if decision.decision == ALLOWED:
        return None
    on = "" if request.resource == "*" else f" on resource: {request.resource}"
    frame = f"User: {request.principal.text} is not authorized to perform: {request.action}{on}"
    if decision.decision == EXPLICIT_DENY and decision.match:
        return f"{frame} with an explicit deny in {EXPLICIT[decision.match.attached.policy.kind]}"
    kind = IMPLICIT[decision.step]
    if kind == "resource-based policy" and is_assumption(request):
        kind = "role trust policy"
    return f"{frame} because no {kind} allows the {request.action} action"
