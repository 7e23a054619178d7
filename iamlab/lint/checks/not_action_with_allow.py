"""`NotAction` stands in an Allow."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("not-action-with-allow", SECURITY_WARNING, ("identity", "resource", "session", "trust", "vpc_endpoint"))
def not_action_with_allow(subject: Subject) -> Iterator[Finding]:
    """`NotAction` stands in an Allow.

    ## What it finds
    An Allow with `NotAction`, which allows every action of every service that the list leaves out.

    ## Why it matters
    Nobody can list all that must not happen. The statement allows actions that nobody thought of, and those of every
    service that AWS opens later.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": ["iam:*", "organizations:*", "account:*"],
        "Resource": "*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"],
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
      }
    }
    ```

    ## When it is fine
    For power users; `PowerUserAccess` of AWS is written so. In a service control policy, where other policies grant.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for statement in subject.allows:
        if statement.action.negated and statement.action.entries:
            yield Finding(
                statement.places["NotAction"].name,
                "This Allow takes in every action of every service that `NotAction` does not list.",
                "List in `Action` what is allowed; or deny what must not be, in a statement of its own.",
            )
