"""A resource's policy is about another service's action."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import Action, types_of
from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, actions_of
from iamlab.policy.problem import ERROR


@check("unsupported-action-in-policy", ERROR, ("resource",))
def unsupported_action_in_policy(subject: Subject) -> Iterator[Finding]:
    """A resource's policy is about another service's action.

    ## What it finds
    In a policy that hangs on a resource, where all ARNs are of one service, an action that works on none of that
    service's resources.

    ## Why it matters
    A bucket's policy decides on requests for the bucket. What is done to a key of KMS is decided by the key's own
    policy.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": ["s3:GetObject", "kms:Decrypt"],
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
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    services = {arn.service for _, arn in arns(subject)}
    if len(services) != 1 or "*" in (service := services.pop()):
        return
    for statement in subject.statements:
        for entry in statement.action.entries:
            actions = actions_of(entry.text)
            if actions and not any(_works_on(action, service) for action in actions):
                message = f"`{entry.text}` works on nothing of `{service}`, on which this policy hangs."
                yield Finding(entry.span, message, "It belongs into the policy of what it works on.")


def _works_on(action: Action, service: str) -> bool:
    arns = [kind.arn.split(":") for kind in types_of(action)]
    return action.service == service or any(len(parts) > 2 and parts[2] == service for parts in arns)
