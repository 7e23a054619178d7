"""Something may be changed on every resource."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, actions_of, is_pattern
from iamlab.lint.wording import shown
from iamlab.policy.problem import WARNING


@check("write-on-every-resource", WARNING, ("identity",))
def write_on_every_resource(subject: Subject) -> Iterator[Finding]:
    """Something may be changed on every resource.

    ## What it finds
    An Allow, without a condition, of a writing action by its name, on `"Resource": "*"`, where the action could name a
    resource.

    ## Why it matters
    One mistake in a script, or one stolen key, then changes or deletes what belongs to others in the same account:
    their models, endpoints and data.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:DeleteEndpoint", "sagemaker:StopTrainingJob"],
        "Resource": "*"
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
          "Action": "sagemaker:DeleteEndpoint",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn-*"
        },
        {
          "Effect": "Allow",
          "Action": "sagemaker:StopTrainingJob",
          "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/churn-*"
        }
      ]
    }
    ```

    ## When it is fine
    Where the principal administers all of them.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    for statement in subject.allows:
        everything = subject.everything(statement)
        if everything is None or statement.condition:
            continue
        found = [entry.text for entry in subject.named(statement) if _writes(entry.text)]
        if found:
            yield Finding(
                everything.span,
                f"{shown(found)} may change every resource of {'their' if len(found) > 1 else 'its'} type.",
                "Name the resources, at least by a common prefix.",
            )


def _writes(entry: str) -> bool:
    if is_pattern(entry) or entry.lower().startswith("iam:"):
        return False
    writing = [action for action in actions_of(entry) if action.access_levels[0] == "Write"]
    return any(use.required for action in writing for use in action.resources)
