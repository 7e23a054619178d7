"""A bracket is never closed."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("unclosed")
def unclosed() -> None:
    """A bracket is never closed.

    ## What it finds
    A `{` or `[` whose counterpart is missing at the end of the text: the mark of a document cut off while it was
    copied.

    ## Why it matters
    The rest of the policy may be missing too. Close the bracket only after looking at what came last.

    ## Example
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
