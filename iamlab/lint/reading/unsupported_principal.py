"""An identity-based policy names a principal."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unsupported-principal", ("identity", "permissions_boundary", "session"))
def unsupported_principal() -> None:
    """An identity-based policy names a principal.

    ## What it finds
    `Principal` or `NotPrincipal` in an identity-based policy, a permissions boundary or a session policy.

    ## Why it matters
    Such a policy hangs on a user, a group or a role, and that is whom it means. Whoever writes a principal here has a
    policy for the resource in mind.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
