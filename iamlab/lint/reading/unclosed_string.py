"""A string is not closed."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unclosed-string")
def unclosed_string() -> None:
    """A string is not closed.

    ## What it finds
    A double quote with no second one on its line.

    ## Why it matters
    What belongs to the string and what follows it cannot be told apart; the line's end is taken as the string's.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*
        }
      ]
    }
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
    Never: a document with this is no policy, and IAM refuses it.

    ## References
    - https://www.rfc-editor.org/rfc/rfc8259
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
