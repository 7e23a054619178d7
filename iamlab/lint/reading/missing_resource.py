"""A statement does not say on what."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("missing-resource", ("identity", "permissions_boundary", "session", "scp", "rcp", "vpc_endpoint"))
def missing_resource() -> None:
    """A statement does not say on what.

    ## What it finds
    A statement with neither `Resource` nor `NotResource`, in a kind of policy that needs one: all but trust policies
    and other policies that hang on a resource.

    ## Why it matters
    There is no default: IAM refuses the policy. Actions that name no resource, such as `s3:ListAllMyBuckets`, take
    `*`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject"
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
