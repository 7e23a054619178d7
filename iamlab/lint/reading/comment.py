"""JSON has no comments."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("comment")
def comment() -> None:
    """JSON has no comments.

    ## What it finds
    Text behind `//` or `#`, or between `/*` and `*/`.

    ## Why it matters
    IAM refuses the whole document. What a statement is for can be told in its `Sid`, and what the policy is for in its
    description.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          // the training job reads and writes its data
          "Effect": "Allow",
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
          "Sid": "TrainingJobReadsAndWritesItsData",
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
