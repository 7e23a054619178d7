"""Brackets are nested too deep."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("nesting-too-deep")
def nesting_too_deep() -> None:
    """Brackets are nested too deep.

    ## What it finds
    More than 32 brackets within each other. A policy needs seven.

    ## Why it matters
    No policy looks like this; it is how a program that reads JSON is made to fail.

    ## Example
    ```json
    {"Statement": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
        }
      ]
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    """
