"""A trust policy names a role and a session of it."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject
from iamlab.policy import parse_arn
from iamlab.policy.problem import SUGGESTION


@check("redundant-principal-in-role-trust-policy", SUGGESTION, ("trust",))
def redundant_principal_in_role_trust_policy(subject: Subject) -> Iterator[Finding]:
    """A trust policy names a role and a session of it.

    ## What it finds
    The ARN of a role session in a `Principal` that names the role itself, too.

    ## Why it matters
    A role's ARN takes in all its sessions. Whoever later removes the session believes to have shut it out.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {
          "AWS": [
            "arn:aws:iam::111122223333:role/PipelineRole",
            "arn:aws:sts::111122223333:assumed-role/PipelineRole/nightly"
          ]
        },
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/PipelineRole"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    Where the session is named on purpose: what a policy grants to a session by name no permissions boundary and no
    session policy takes away again.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        entries = statement.principal.entries if statement.principal else ()
        roles = {_role(entry.text) for entry in entries if ":role/" in entry.text}
        for entry in entries:
            if ":assumed-role/" in entry.text and _role(entry.text) in roles:
                message = f"`{entry.text}` is a session of a role that is named already."
                fix = removal(subject.text, entry.span, "Remove the session", changes_access=True)
                yield Finding(entry.span, message, "The role's ARN takes in all its sessions.", fix)


def _role(text: str) -> tuple[str, str]:
    """Account and name of the role; a session's ARN leaves out the role's path."""
    arn = parse_arn(text)
    if arn is None:
        return "", text
    parts = arn.resource.split("/")
    return arn.account, parts[1] if parts[0] == "assumed-role" else parts[-1]
