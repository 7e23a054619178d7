"""A resource's ARN has its service in capital letters."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-arn-service-case", ERROR)
def invalid_arn_service_case(subject: Subject) -> Iterator[Finding]:
    """A resource's ARN has its service in capital letters.

    ## What it finds
    In the third part of an ARN a service that is right but for its case.

    ## Why it matters
    ARNs are compared with case, so `arn:aws:S3:…` matches nothing. In actions case does not count, which is how the
    slip comes about.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:S3:::ml-training-data-bucket/*"
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
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, arn in arns(subject):
        if arn.service != arn.service.lower():
            service = arn.service.lower()
            yield Finding(
                arn.place("service"),
                f"The service is written `{service}`, and case counts in ARNs.",
                "A pattern in capital letters matches nothing.",
                arn.rewritten(f"Write `{service}`", service=service),
            )
