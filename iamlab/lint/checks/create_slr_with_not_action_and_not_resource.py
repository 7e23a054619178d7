"""`NotAction` and `NotResource` let nearly every service-linked role be made."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import CREATE_SLR, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING

MESSAGE = "`NotAction` leaves `iam:CreateServiceLinkedRole` in, for nearly every service."
HELP = "Write what is allowed in `Action` and `Resource`; or add the action to `NotAction`."


@check("create-slr-with-not-action-and-not-resource", WARNING, IDENTITY)
def create_slr_with_not_action_and_not_resource(subject: Subject) -> Iterator[Finding]:
    """`NotAction` and `NotResource` let nearly every service-linked role be made.

    ## What it finds
    An Allow with `NotAction` that does not list `iam:CreateServiceLinkedRole`, and with `NotResource`.

    ## Why it matters
    A service-linked role carries the permissions that AWS gives its service. Who may make any of them can switch on
    access for services that nobody here chose, and leaves roles behind that only their services can delete.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": "iam:PassRole",
        "NotResource": "arn:aws:s3:::ml-training-data-bucket"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:CreateServiceLinkedRole",
        "Resource": "arn:aws:iam::111122223333:role/aws-service-role/sagemaker.amazonaws.com/*",
        "Condition": {
          "StringEquals": {"iam:AWSServiceName": "sagemaker.amazonaws.com"}
        }
      }
    }
    ```

    ## When it is fine
    Never; say what is allowed, not what is left out.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    """
    for place in grants(subject, CREATE_SLR, "not", "not"):
        yield Finding(place, MESSAGE, HELP)
