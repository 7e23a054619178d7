"""A statement does not say what it is about."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-action")
def missing_action() -> None:
    """A statement does not say what it is about.

    ## What it finds
    A statement with neither `Action` nor `NotAction`.

    ## Why it matters
    There is no default: IAM refuses the policy. Every action is `*`, and has to be written.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
