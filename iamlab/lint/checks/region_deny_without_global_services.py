"""A Deny by Region also stops global services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

HOME = re.compile(r"us-east-1|us-\*|\*|us-east-\*|cn-|us-gov-")


@check("region-deny-without-global-services", WARNING, ("scp", "identity", "permissions_boundary"))
def region_deny_without_global_services(subject: Subject) -> Iterator[Finding]:
    """A Deny by Region also stops global services.

    ## What it finds
    A Deny of `"Action": "*"` under a negated test of `aws:RequestedRegion` that does not list `us-east-1`.

    ## Why it matters
    Requests to IAM, STS, Organizations, CloudFront or Route 53 carry `us-east-1`, wherever they come from. They are
    denied: nobody can change a role any more, the one who could take the policy off among them.

    ## Example
    ```json scp
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {
          "StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}
        }
      }
    }
    ```

    ## Instead
    ```json scp
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotAction": ["iam:*", "sts:*", "organizations:*", "cloudfront:*", "route53:*", "support:*"],
        "Resource": "*",
        "Condition": {
          "StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}
        }
      }
    }
    ```

    ## When it is fine
    Where every global service is to be closed.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
    """
    for statement in subject.denies:
        if statement.action.negated or not any(entry.text == "*" for entry in statement.action.entries):
            continue
        for test in subject.tests(statement, "aws:RequestedRegion"):
            if test.use.operator.negated and not any(HOME.match(value.text) for value in test.values):
                yield Finding(
                    test.key_span,
                    "Global services such as IAM are at `us-east-1`, so this Deny stops them too.",
                    "Write `NotAction` and list the global services in it.",
                )
