"""A word has no quotation marks."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-quotes")
def missing_quotes() -> None:
    """A word has no quotation marks.

    ## What it finds
    A key or a value that stands bare.

    ## Why it matters
    In JavaScript and in many configuration languages keys stand bare; in JSON every key and every text has double
    quotes.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          Effect: "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
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
