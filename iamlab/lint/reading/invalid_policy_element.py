"""A policy or a statement has an element that does not exist."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-policy-element")
def invalid_policy_element() -> None:
    """A policy or a statement has an element that does not exist.

    ## What it finds
    A key that is none of `Version`, `Id` and `Statement`, or within a statement none of `Sid`, `Effect`, `Principal`,
    `Action`, `Resource`, `Condition` and their `Not…` twins. Capital letters count.

    ## Why it matters
    One unknown key spoils the whole policy. Usually it is misspelled, or stands one level too high or too low.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resources": "arn:aws:s3:::ml-training-data-bucket/*"
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
