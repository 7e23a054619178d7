"""A backslash begins no escape."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-escape")
def invalid_escape() -> None:
    r"""A backslash begins no escape.

    ## What it finds
    A backslash before a character that JSON has no escape for; JSON knows `\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`,
    `\t` and `\u`.

    ## Why it matters
    Regular expressions and Windows paths have backslashes of their own. Patterns of a policy are no regular
    expressions: they know `*` and `?` only.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/run\-7/*"
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
          "Resource": "arn:aws:s3:::ml-training-data-bucket/run-7/*"
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
