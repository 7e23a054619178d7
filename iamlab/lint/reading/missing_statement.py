"""The policy has no `Statement`."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-statement")
def missing_statement() -> None:
    """The policy has no `Statement`.

    ## What it finds
    A policy without the element `Statement`, or with it in another spelling.

    ## Why it matters
    Without statements a policy says nothing, and IAM refuses it. An empty list is taken, and allows nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17"
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
