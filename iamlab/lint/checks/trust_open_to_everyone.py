"""Everyone may assume the role."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import everyone, is_held
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("trust-open-to-everyone", SECURITY_WARNING, ("trust",))
def trust_open_to_everyone(subject: Subject) -> Iterator[Finding]:
    """Everyone may assume the role.

    ## What it finds
    An Allow of a trust policy to `{"AWS": "*"}` without a condition that fixes who comes.

    ## Why it matters
    Anyone with an AWS account of their own may assume the role, if they know or guess its name, and act here with its
    permissions.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/DataScientist"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    With a condition on `aws:PrincipalOrgID` or `aws:PrincipalArn`; the check is then silent.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
    """
    for statement in subject.allows:
        if is_held(statement):
            continue
        for entry in everyone(subject, statement):
            yield Finding(
                entry.span,
                "Principals of every AWS account may assume this role.",
                "Name the principals, or test `aws:PrincipalOrgID` or `aws:PrincipalArn`.",
            )
