"""A role trusts a service for whomever it acts."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import SOURCES
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

SAY_SOURCE = frozenset(
    f"{service}.amazonaws.com"
    for service in (
        "bedrock",
        "bedrock-agentcore",
        "codebuild",
        "comprehend",
        "ecs-tasks",
        "events",
        "firehose",
        "sagemaker",
        "scheduler",
        "states",
        "transcribe",
    )
)
"""Service principals whose documentation shows these keys in the trust policies of their roles."""


@check("trust-policy-without-source", WARNING, ("trust",))
def trust_policy_without_source(subject: Subject) -> Iterator[Finding]:
    """A role trusts a service for whomever it acts.

    ## What it finds
    An Allow of a trust policy to a service that says for which resource it comes, such as `sagemaker.amazonaws.com` or
    `bedrock.amazonaws.com`, without a condition on `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or
    `aws:SourceOrgPaths`.

    ## Why it matters
    The role then depends on the service alone to keep customers apart. The condition makes IAM check it as well: the
    service gets the role only when it works for this account.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {"aws:SourceAccount": "111122223333"}
        }
      }
    }
    ```

    ## When it is fine
    For a start; a role can be passed only within its own account.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    - https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
    """
    for statement in subject.allows:
        if SOURCES & subject.keys(statement):
            continue
        for entry in subject.principals_of(statement, "Service"):
            if entry.text in SAY_SOURCE:
                yield Finding(
                    entry.span,
                    f"`{entry.text}` says for which account it comes, and this policy does not ask.",
                    "Test `aws:SourceAccount`, or `aws:SourceArn` where the resource is known.",
                )
