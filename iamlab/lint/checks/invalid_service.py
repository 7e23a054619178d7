"""A condition key's service does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.names import near_names
from iamlab.policy.problem import ERROR

OTHERS = ("aws", "saml", "sts", "cognito-identity", "catalog", "deepracer")
"""Prefixes of no service: of AWS itself, of federation, of AWS Marketplace's catalog, of a service withdrawn."""


@check("invalid-service", ERROR)
def invalid_service(subject: Subject) -> Iterator[Finding]:
    """A condition key's service does not exist.

    ## What it finds
    A key whose prefix is neither `aws`, nor a service of the catalogue, nor an identity provider's: providers have a
    dot in their name, or are `saml` or `sts`.

    ## Why it matters
    No request carries the key. A positive operator then never holds, a negated one always.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {"StringLike": {"s4:prefix": "raw/*"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::ml-training-data-bucket",
        "Condition": {"StringLike": {"s3:prefix": "raw/*"}}
      }
    }
    ```

    ## When it is fine
    Where the service is newer than the catalogue.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        service = test.key.lower().partition(":")[0]
        if service in services() or service in OTHERS or "." in service:
            continue
        near = near_names(service, services(), 1)
        help = f"Perhaps `{near[0]}` is meant." if near else "A key begins with `aws:` or with a service's prefix."
        yield Finding(test.key_span, f"There is no service `{service}`, so `{test.key}` is no condition key.", help)
