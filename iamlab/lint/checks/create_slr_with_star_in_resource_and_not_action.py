"""`NotAction` lets every service-linked role be made."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import CREATE_SLR, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING

MESSAGE = "`NotAction` leaves `iam:CreateServiceLinkedRole` in, for every service."
HELP = "Add `iam:CreateServiceLinkedRole` to `NotAction`, or write what is allowed in `Action`."


@check("create-slr-with-star-in-resource-and-not-action", WARNING, IDENTITY)
def create_slr_with_star_in_resource_and_not_action(subject: Subject) -> Iterator[Finding]:
    """`NotAction` lets every service-linked role be made.

    ## What it finds
    An Allow on `"Resource": "*"` with a `NotAction` that does not list `iam:CreateServiceLinkedRole`.

    ## Why it matters
    A service-linked role carries the permissions that AWS gives its service. Who may make any of them can switch on
    access for services that nobody here chose, and leaves roles behind that only their services can delete.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": "organizations:*",
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
        "Action": "iam:CreateServiceLinkedRole",
        "Resource": "arn:aws:iam::111122223333:role/aws-service-role/sagemaker.amazonaws.com/*",
        "Condition": {
          "StringEquals": {"iam:AWSServiceName": "sagemaker.amazonaws.com"}
        }
      }
    }
    ```

    ## When it is fine
    For power users who set up services of any kind.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    """
    for place in grants(subject, CREATE_SLR, "not", "star"):
        yield Finding(place, MESSAGE, HELP)
