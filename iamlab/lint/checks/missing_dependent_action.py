"""An action is of no use without another one, which the policy does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from iamlab.aws.operations import SAME_NAME, authorized_actions
from iamlab.lint.check import Finding, check
from iamlab.lint.role_passing import NEED_ROLE
from iamlab.lint.subject import Subject, is_pattern, names_of
from iamlab.policy.problem import WARNING
from iamlab.policy.statement import ActionEntry

PASS_ROLE, ALWAYS = "iam:PassRole", "always"
NOT_ALWAYS = frozenset({"bedrock:retrieveandgenerate"})
"""Actions whose calls may do without what most of them need: this one, with documents given in the call."""


@check("missing-dependent-action", WARNING, ("identity",))
def missing_dependent_action(subject: Subject) -> Iterator[Finding]:
    """An action is of no use without another one, which the policy does not allow.

    ## What it finds
    An Allow of an action whose call must name a role, such as `sagemaker:CreateTrainingJob`, in a policy that nowhere
    allows `iam:PassRole`. And an Allow of an action on whose every call another one is checked as well, as
    `s3:GetObject` is for `s3:GetObjectAttributes`, in a policy that nowhere allows that one.

    ## Why it matters
    The service checks that the caller may pass the role, or do the other thing, and the call fails with an implicit
    deny of an action that its name did not tell. In a hurry people then allow `iam:PassRole` on `*`, which is far worse
    than the failure.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObjectAttributes",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "sagemaker:CreateTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
        },
        {
          "Effect": "Allow",
          "Action": "iam:PassRole",
          "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
          "Condition": {
            "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
          }
        }
      ]
    }
    ```

    ## When it is fine
    Where another policy of the same user or role allows it.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    - https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
    - https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
    """
    for statement in subject.allows:
        for entry in subject.named(statement):
            for action in _needed(entry.text.lower()):
                if not subject.is_allowed_somewhere(action):
                    yield _finding(entry, action)


@lru_cache(maxsize=4096)
def _needed(name: str) -> tuple[str, ...]:
    """The actions that are checked on every call beside one, given in lower case."""
    if is_pattern(name) or not names_of(name):
        return ()
    known = authorized_actions(*name.split(":", 1))
    if known.kind != SAME_NAME and name not in (action.lower() for action in known.actions):
        return ()
    further = known.further if name not in NOT_ALWAYS else ()
    always = [need.action for need in further if need.when == ALWAYS and not need.instead]
    role = [PASS_ROLE] if name in NEED_ROLE else []
    return tuple(one for one in dict.fromkeys([*role, *known.actions, *always]) if one.lower() != name)


def _finding(entry: ActionEntry, action: str) -> Finding:
    if action == PASS_ROLE:
        message = f"A call of `{entry.text}` names a role, and this policy nowhere allows `{action}`."
        help = f"Allow `{action}` on that role, with a condition on `iam:PassedToService`."
    else:
        message = f"On every call of `{entry.text}` `{action}` is checked too, and this policy nowhere allows it."
        help = f"Allow `{action}` on what the call is about."
    return Finding(entry.span, message, help)
