"""Strings stand between single quotes."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("single-quotes")
def single_quotes() -> None:
    """Strings stand between single quotes.

    ## What it finds
    Strings between `'` and `'`.

    ## Why it matters
    This is how Python prints a dictionary. `json.dumps` prints the same thing as JSON.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": 'Allow',
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
