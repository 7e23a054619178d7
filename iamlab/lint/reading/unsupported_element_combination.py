"""A statement has an element and its `Not…` twin."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unsupported-element-combination")
def unsupported_element_combination() -> None:
    """A statement has an element and its `Not…` twin.

    ## What it finds
    `Action` beside `NotAction`, `Resource` beside `NotResource`, or `Principal` beside `NotPrincipal`.

    ## Why it matters
    One says what is meant, the other what is not; together they have no meaning. An exception is written as a `Deny`
    of its own.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "NotResource": "arn:aws:s3:::ml-training-data-bucket/raw/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        },
        {
          "Effect": "Deny",
          "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::ml-training-data-bucket/raw/*"
        }
      ]
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
