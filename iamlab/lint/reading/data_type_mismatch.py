"""A value has a type that does not belong there."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("data-type-mismatch")
def data_type_mismatch() -> None:
    """A value has a type that does not belong there.

    ## What it finds
    A number, a list, an object, `true` or `null` where an element takes something else: `Effect` as a list, an action
    that is a number, a condition that is a list.

    ## Why it matters
    IAM does not guess what was meant. Numbers and Booleans may stand bare as values of a condition, and nowhere else.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": ["Allow"],
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
