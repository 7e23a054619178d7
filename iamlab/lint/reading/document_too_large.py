"""The document is too large to be read."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("document-too-large")
def document_too_large() -> None:
    """The document is too large to be read.

    ## What it finds
    More than 262,144 characters, or more than 5,000 statements.

    ## Why it matters
    AWS's largest limit for a policy is 32 KB, its own longest managed policy has some 190,000 characters with its
    white space. What is larger is no policy.

    ## Example
    ```json identity repeat=5001
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ml-data-…/*"},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
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
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
