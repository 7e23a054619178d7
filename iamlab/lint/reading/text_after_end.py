"""Something follows the document's end."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("text-after-end")
def text_after_end() -> None:
    """Something follows the document's end.

    ## What it finds
    Text behind the bracket that closes the policy: often a second policy, or one bracket too many further up.

    ## Why it matters
    A file holds one policy. What stands behind it would be ignored by some readers, and IAM refuses the whole.

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
    }
    {
      "Version": "2012-10-17",
      "Statement": []
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
