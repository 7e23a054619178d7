"""A character is outside of what IAM takes."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-character", ("identity", "trust", "permissions_boundary", "session"))
def invalid_character() -> None:
    """A character is outside of what IAM takes.

    ## What it finds
    A character above U+00FF in one of IAM's own policies: typographic dashes, Greek letters, emoji.

    ## Why it matters
    IAM takes tab, line breaks and the characters from U+0020 to U+00FF. A dash that a word processor made longer names
    another bucket, or none.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "arn:aws:s3:::ml–training-data-bucket/*"
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
    In policies that belong to other services, which take more characters.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
