"""A comma is missing between two entries."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-comma")
def missing_comma() -> None:
    """A comma is missing between two entries.

    ## What it finds
    Two entries of a list or an object with nothing between them. The place is where the comma is missing, not where a
    JSON parser gives up.

    ## Why it matters
    The commonest slip of all: a line was added at the end of a list.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow"
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
