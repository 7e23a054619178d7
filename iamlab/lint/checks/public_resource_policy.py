"""A resource is open to everyone."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import everyone, is_barred, is_held
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("public-resource-policy", SECURITY_WARNING, ("resource",))
def public_resource_policy(subject: Subject) -> Iterator[Finding]:
    """A resource is open to everyone.

    ## What it finds
    An Allow to `"Principal": "*"` without a condition that fixes who comes or where from, as `aws:PrincipalOrgID`,
    `aws:SourceVpce` or a range in `aws:SourceIp` do. AWS calls such a policy public. It is silent where the policy
    denies everyone from elsewhere.

    ## Why it matters
    Everyone means everyone: other accounts and people without one. Buckets and queues are found by machines that try
    names all day, and are emptied within hours.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
        }
      }
    }
    ```

    ## When it is fine
    For data that is meant for the public; better behind CloudFront.

    ## References
    - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for statement in subject.allows:
        if is_held(statement) or is_barred(subject):
            continue
        for entry in everyone(subject, statement):
            yield Finding(
                entry.span,
                "This Allow is for everyone, and no condition says who or where from.",
                "Name the principals, or test `aws:PrincipalOrgID`, `aws:PrincipalArn` or `aws:SourceVpce`.",
            )
