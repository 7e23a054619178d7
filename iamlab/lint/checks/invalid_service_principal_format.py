"""A service is not named as services are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.aws.catalogue import services
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
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
    A service in `Principal` without a dot, or with another domain than AWS's services have; and in the values of
    `iam:PassedToService`, `iam:AWSServiceName`, `aws:CalledVia`, `aws:PrincipalServiceName` and `kms:ViaService` a text
    that is not built like `sagemaker.amazonaws.com`, in small letters.

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

    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazon.com"},
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
    for entry in subject.principals("Service"):
        if not _is_service(entry.text):
            right = f"{entry.text.partition('.')[0].lower()}.amazonaws.com"
            meant = right.partition(".")[0] in services()
            help = f"Write `{right}`." if meant else f"Write it as in `{USUAL}`."
            fix = rewriting(entry.span, right, changes_access=True) if meant else None
            yield Finding(entry.span, f"`{entry.text}` is no service principal.", help, fix)


def _is_service(text: str) -> bool:
    """Whether a text is built as services' names are; only services that AWS's list does not have are of amazon.com."""
    return bool(NAME.fullmatch(text)) and not (text.endswith(".amazon.com") and text.partition(".")[0] in services())
