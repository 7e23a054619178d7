"""A service has no such condition key."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import condition_keys, find_condition_key, services
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.names import near_names
from iamlab.policy.problem import ERROR

OF_AWS = ("lakeformation:gluearn",)
"""Keys that the catalogue does not list, and AWS's own managed policies have."""


@check("invalid-service-condition-key", ERROR)
def invalid_service_condition_key(subject: Subject) -> Iterator[Finding]:
    """A service has no such condition key.

    ## What it finds
    A key whose prefix is a service of the catalogue, and that is none of that service's keys.

    ## Why it matters
    No request carries it. A positive operator then never holds, a negated one always.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"StringEquals": {"sagemaker:InstanceTypez": "ml.m5.xlarge"}}
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
          "ForAllValues:StringEquals": {"sagemaker:InstanceTypes": "ml.m5.xlarge"},
          "Null": {"sagemaker:InstanceTypes": "false"}
        }
      }
    }
    ```

    ## When it is fine
    Where the key is newer than the catalogue.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        service, _, name = test.key.lower().partition(":")
        if service not in services() or not name or find_condition_key(test.key):
            continue
        if not condition_keys(service) or test.key.lower() in OF_AWS or _is_form(service, name):
            continue
        near = near_names(test.key, {key.name for key in condition_keys(service).values()}, 1)
        yield Finding(
            test.key_span,
            f"{services()[service].name} has no condition key `{test.key}`.",
            f"Perhaps `{near[0]}` is meant." if near else "The service's page lists its condition keys.",
            rewriting(test.key_span, near[0], changes_access=True) if near and "$" not in near[0] else None,
        )


def _is_form(service: str, name: str) -> bool:
    """Whether the key ends in a name of its own, or lacks the tag's name, of which another check speaks."""
    return name.startswith("encryptioncontext:") or any(
        key.startswith(f"{service}:{name.rstrip('/')}/") for key in condition_keys(service)
    )
