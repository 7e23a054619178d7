"""A value or a key is missing where one should stand."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unexpected-text")
def unexpected_text() -> None:
    """A value or a key is missing where one should stand.

    ## What it finds
    A character that begins no value, such as a comma right behind a colon, or a key that is none.

    ## Why it matters
    From there on nobody can say what was meant, so nothing behind it is read.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": ,
          "Action": "s3:GetObject",
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
