"""A wildcard in `Action` lets nearly every service-linked role be made."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import CREATE_SLR, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING

MESSAGE = "A wildcard in `Action` covers `iam:CreateServiceLinkedRole`, for nearly every service."
HELP = "Write the actions that are needed; name the service-linked role in `Resource`."


@check("create-slr-with-star-in-action-and-not-resource", WARNING, IDENTITY)
def create_slr_with_star_in_action_and_not_resource(subject: Subject) -> Iterator[Finding]:
    """A wildcard in `Action` lets nearly every service-linked role be made.

    ## What it finds
    An Allow with `NotResource` whose `Action` covers `iam:CreateServiceLinkedRole` by a wildcard such as `iam:Create*`.

    ## Why it matters
    A service-linked role carries the permissions that AWS gives its service. Who may make any of them can switch on
    access for services that nobody here chose, and leaves roles behind that only their services can delete.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:Create*",
        "NotResource": "arn:aws:iam::*:role/aws-service-role/organizations.amazonaws.com/*"
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
    Never; write the actions out.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    """
    for place in grants(subject, CREATE_SLR, "star", "not"):
        yield Finding(place, MESSAGE, HELP)
