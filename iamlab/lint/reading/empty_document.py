"""The document is empty."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("empty-document")
def empty_document() -> None:
    """The document is empty.

    ## What it finds
    A text that holds nothing but white space.

    ## Why it matters
    A policy is one JSON object; without it there is nothing to attach.

    ## Example
    ```json

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
    In an editor, before the first word is typed.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    - https://www.rfc-editor.org/rfc/rfc8259
    """
