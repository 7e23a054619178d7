"""`iam:CreateServiceLinkedRole` is allowed on all roles but some."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.roles import CREATE_SLR, grants
from iamlab.lint.subject import IDENTITY, Subject
from iamlab.policy.problem import WARNING

MESSAGE = "`iam:CreateServiceLinkedRole` is allowed for every service that `NotResource` does not list."
HELP = "Name the role in `Resource`, or the service by `iam:AWSServiceName`."


@check("create-slr-with-not-resource", WARNING, IDENTITY)
def create_slr_with_not_resource(subject: Subject) -> Iterator[Finding]:
    """`iam:CreateServiceLinkedRole` is allowed on all roles but some.

    ## What it finds
    An Allow that names `iam:CreateServiceLinkedRole` and has `NotResource`.

    ## Why it matters
    A service-linked role carries the permissions that AWS gives its service. Who may make any of them can switch on
    access for services that nobody here chose, and leaves roles behind that only their services can delete.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:CreateServiceLinkedRole",
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
    Where a condition on `iam:AWSServiceName` names the services; the check is then silent.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    """
    for place in grants(subject, CREATE_SLR, "named", "not"):
        yield Finding(place, MESSAGE, HELP)
