"""Quotation marks are typographic ones."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("smart-quotes")
def smart_quotes() -> None:
    """Quotation marks are typographic ones.

    ## What it finds
    Strings between curly or angled quotation marks.

    ## Why it matters
    Word processors, chats and web pages make straight quotes curly. They look nearly the same and mean nothing to a
    JSON parser. In IAM's own policies they are an `invalid-character` besides.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": “Allow”,
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
