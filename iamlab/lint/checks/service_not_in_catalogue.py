"""The catalogue of services does not list a service."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.spelling import services_meant
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("service-not-in-catalogue", WARNING)
def service_not_in_catalogue(subject: Subject) -> Iterator[Finding]:
    """The catalogue of services does not list a service.

    ## What it finds
    An entry of `Action` or `NotAction` with a prefix that no service of the Service Authorization Reference has, and
    that is no slip (`unknown-service`).

    ## Why it matters
    If there is no such service the entry matches no request. If there was one, the entry is a leftover that nobody
    dares to remove.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "trainingcenter:StartJob",
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
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/*"
      }
    }
    ```

    ## When it is fine
    Where the service is newer than the catalogue, or was closed.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
    """
    for statement in subject.statements:
        for entry in subject.with_unknown_service(statement):
            prefix = entry.text.partition(":")[0]
            if not services_meant(prefix):
                yield Finding(
                    entry.span,
                    f"The catalogue has no service `{prefix}`.",
                    "Look up its prefix in the Service Authorization Reference.",
                )
