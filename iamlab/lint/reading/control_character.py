"""A character cannot stand in JSON."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("control-character")
def control_character() -> None:
    r"""A character cannot stand in JSON.

    ## What it finds
    A tab or another control character within a string, half a character of a pair, or such a character outside of any
    string.

    ## Why it matters
    Such characters come along when text is copied from a terminal or a spreadsheet. Most cannot be seen, so a policy
    that looks right is refused.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml-training-data-bucket/\u0000*"
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
