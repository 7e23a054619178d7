"""A Deny by address also stops services that act for the caller."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

THOUGHT_OF = frozenset(
    {
        "aws:viaawsservice",
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:principalisawsservice",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpcsourceip",
    }
)
"""Keys that show that the writer thought of requests by other ways."""


@check("source-ip-deny-without-via-service", WARNING)
def source_ip_deny_without_via_service(subject: Subject) -> Iterator[Finding]:
    """A Deny by address also stops services that act for the caller.

    ## What it finds
    A Deny under `NotIpAddress` on `aws:SourceIp`, without a test of `aws:ViaAWSService`, `aws:CalledVia`,
    `aws:PrincipalIsAWSService` or of a VPC endpoint.

    ## Why it matters
    When a service uses the credentials of the caller, as Athena does to read S3, the request comes from an address of
    AWS, and is denied. Through a VPC endpoint the key is missing, and the negated test holds.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {
          "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {
          "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"},
          "Bool": {"aws:ViaAWSService": "false"}
        }
      }
    }
    ```

    ## When it is fine
    For actions that no service calls on behalf of others.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for statement in subject.denies:
        if THOUGHT_OF & subject.keys(statement):
            continue
        for test in subject.tests(statement, "aws:SourceIp"):
            if test.use.operator.name == "NotIpAddress":
                yield Finding(
                    test.operator_span,
                    "Calls that services make for the caller come from other addresses, and are denied too.",
                    'Add `"Bool": {"aws:ViaAWSService": "false"}`.',
                )
