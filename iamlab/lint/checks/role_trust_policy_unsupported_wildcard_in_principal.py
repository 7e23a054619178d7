"""A trust policy names everyone without a type."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("role-trust-policy-unsupported-wildcard-in-principal", ERROR, ("trust",))
def role_trust_policy_unsupported_wildcard_in_principal(subject: Subject) -> Iterator[Finding]:
    """A trust policy names everyone without a type.

    ## What it finds
    `"Principal": "*"` in a role's trust policy.

    ## Why it matters
    IAM refuses it. Whoever really means everyone writes `{"AWS": "*"}`, and narrows it by a condition, as otherwise
    anyone in any account can assume the role.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
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
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        element = statement.principal
        if element and subject.text[element.span.start] == '"':
            message = 'A trust policy takes no `"Principal": "*"`.'
            yield Finding(element.span, message, 'Name who may assume the role, as in `{"AWS": "arn:…"}`.')
