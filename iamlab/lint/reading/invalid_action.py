"""An action is not written as one."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("invalid-action")
def invalid_action() -> None:
    """An action is not written as one.

    ## What it finds
    A text without a service before its colon, with two colons, or with white space in it.

    ## Why it matters
    An action is a service's prefix, a colon and the action's name. Names of operations from an SDK, such as
    `get_object`, or console names, such as `S3 read`, are none. That an action of this form does not exist is another
    finding.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
