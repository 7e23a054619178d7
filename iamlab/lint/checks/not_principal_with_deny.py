"""`NotPrincipal` stands in a Deny."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("not-principal-with-deny", WARNING, ("resource", "vpc_endpoint"))
def not_principal_with_deny(subject: Subject) -> Iterator[Finding]:
    """`NotPrincipal` stands in a Deny.

    ## What it finds
    A Deny with `NotPrincipal`.

    ## Why it matters
    The Deny also catches a listed role's sessions unless session, role and account are all listed, and it catches every
    user and role that has a permissions boundary, whatever the list says. People lock themselves out of buckets this
    way.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotPrincipal": {
          "AWS": ["arn:aws:iam::111122223333:role/TrainingRole", "arn:aws:iam::111122223333:root"]
        },
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"]
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"],
        "Condition": {
          "ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/TrainingRole"}
        }
      }
    }
    ```

    ## When it is fine
    Where it has long worked and nobody has a permissions boundary.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    for statement in subject.denies:
        if statement.principal is not None and statement.principal.negated:
            yield Finding(
                statement.places["NotPrincipal"].name,
                "`NotPrincipal` also denies listed principals that have a permissions boundary.",
                'Write `"Principal": "*"` and leave principals out by `ArnNotEquals` on `aws:PrincipalArn`.',
            )
