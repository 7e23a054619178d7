"""A resource's policy is about another service's action."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import Action, types_of
from iamlab.lint.arns import arns
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject, actions_of, is_pattern
from iamlab.policy.problem import ERROR


@check("unsupported-action-in-policy", ERROR, ("resource", "trust"))
def unsupported_action_in_policy(subject: Subject) -> Iterator[Finding]:
    """A resource's policy is about another service's action.

    ## What it finds
    In a policy that hangs on a resource, where all ARNs are of one service, an action that works on none of that
    service's resources. In a role's trust policy, an action of another service than STS.

    ## Why it matters
    A bucket's policy decides on requests for the bucket. What is done to a key of KMS is decided by the key's own
    policy. A role's trust policy decides who may assume the role; what the role may do then, its permissions decide,
    and IAM refuses a trust policy that has any other action.

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

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": ["sts:AssumeRole", "s3:GetObject"]
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    yield from _in_trust(subject) if subject.kind == "trust" else _of_another_service(subject)


def _in_trust(subject: Subject) -> Iterator[Finding]:
    for statement in subject.statements:
        for entry in statement.action.entries:
            prefix = entry.text.partition(":")[0].lower()
            if not is_pattern(prefix) and prefix != "sts":
                message = f"A trust policy is about assuming the role, and `{entry.text}` is not."
                help = "What the role may do stands in its permissions: in identity-based policies attached to it."
                fix = removal(subject.text, entry.span, f"Remove `{entry.text}`", changes_access=True)
                yield Finding(entry.span, message, help, fix)


def _of_another_service(subject: Subject) -> Iterator[Finding]:
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
