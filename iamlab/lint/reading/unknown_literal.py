"""A literal is written as another language writes it."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unknown-literal")
def unknown_literal() -> None:
    """A literal is written as another language writes it.

    ## What it finds
    `True`, `False` and `None` as in Python, `TRUE`, `FALSE` and `NULL` as in SQL.

    ## Why it matters
    JSON writes `true`, `false` and `null`, in small letters.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"Bool": {"aws:SecureTransport": False}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}
      }
    }
    ```

    ## When it is fine
    Never: a document with this is no policy, and IAM refuses it.

    ## References
    - https://www.rfc-editor.org/rfc/rfc8259
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
