"""A service is not named as services are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

USUAL = "sagemaker.amazonaws.com"
FORMS = {
    "iam:passedtoservice": USUAL,
    "iam:awsservicename": USUAL,
    "aws:calledvia": USUAL,
    "aws:calledviafirst": USUAL,
    "aws:calledvialast": USUAL,
    "aws:principalservicename": USUAL,
    "kms:viaservice": "s3.eu-west-1.amazonaws.com",
}
NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal|aws)")


@check("invalid-service-principal-format", ERROR)
def invalid_service_principal_format(subject: Subject) -> Iterator[Finding]:
    """A service is not named as services are.

    ## What it finds
    A service without a dot in `Principal`, and in the values of `iam:PassedToService`, `iam:AWSServiceName`,
    `aws:CalledVia`, `aws:PrincipalServiceName` and `kms:ViaService` a text that is not built like
    `sagemaker.amazonaws.com`, in small letters.

    ## Why it matters
    No request carries such a value: the condition never holds, or, negated, always.

    ## Example
    ```json identity
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker"}}
      }
    }
    ```

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json identity
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
        "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
      }
    }
    ```

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        form = FORMS.get(test.key.lower())
        for value in test.values if form and test.use.operator.family == "String" else ():
            if value.template.variables or re.search("[*?]", value.text) or NAME.fullmatch(value.text):
                continue
            yield Finding(value.span, f"`{value.text}` is no service principal.", f"Write it as in `{form}`.")
