"""A key stands twice in one object."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("duplicate-key")
def duplicate_key() -> None:
    """A key stands twice in one object.

    ## What it finds
    The same element, operator or condition key a second time.

    ## Why it matters
    Most JSON parsers silently keep the last value and drop the first; half of a condition can get lost that way. IAM
    refuses the document.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {
          "StringEquals": {"aws:RequestTag/team": "vision"},
          "StringEquals": {"aws:RequestedRegion": "eu-west-1"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {
          "StringEquals": {"aws:RequestTag/team": "vision", "aws:RequestedRegion": "eu-west-1"}
        }
      }
    }
    ```

    ## When it is fine
    Never: a document with this is no policy, and IAM refuses it.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
