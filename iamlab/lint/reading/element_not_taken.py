"""An `Id` where the kind of policy takes none."""

from __future__ import annotations

from iamlab.lint.check import reading


@reading("element-not-taken", ("identity", "permissions_boundary", "session", "scp", "rcp"))
def element_not_taken() -> None:
    """This kind of policy takes no `Id`.

    ## What it finds
    The element `Id` in an identity-based policy, a permissions boundary, a session policy, an SCP or an RCP.

    ## Why it matters
    Only policies that hang on a resource have an `Id`. A statement of any policy may have a `Sid`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Id": "training-data",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Sid": "TrainingData",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never: IAM refuses the policy.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_id.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
