"""A group is named as principal."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("group-as-principal", ("resource", "trust", "vpc_endpoint"))
def group_as_principal() -> None:
    """A group is named as principal.

    ## What it finds
    The ARN of an IAM group in `Principal` or `NotPrincipal`.

    ## Why it matters
    A group never makes a request: its members do, each as itself. Groups hand policies to users, and that is all they
    do.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:group/DataScientists"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json resource
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

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
