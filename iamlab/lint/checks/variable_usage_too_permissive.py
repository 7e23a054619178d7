"""A key that should be exact is compared with what the caller may choose."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.sensitive import SENSITIVE
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

CHOSEN = (
    "aws:principaltag/",
    "aws:requesttag/",
    "aws:resourcetag/",
    "aws:username",
    "aws:userid",
    "aws:sourceidentity",
)


@check("variable-usage-too-permissive", ERROR)
def variable_usage_too_permissive(subject: Subject) -> Iterator[Finding]:
    """A key that should be exact is compared with what the caller may choose.

    ## What it finds
    A variable that the caller, or whoever tags, chooses freely (a tag, a user name, a session's name) in a value of a
    key that holds an account, an organization, a VPC or a VPC endpoint.

    ## Why it matters
    Whoever may set the tag decides which account or organization passes. AWS's checker refuses it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalTag/data-account}"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}
      }
    }
    ```

    ## When it is fine
    Variables that nobody chooses are not found: `${aws:PrincipalAccount}`, `${aws:PrincipalOrgID}`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        for value in test.values if test.key.lower() in SENSITIVE else ():
            for variable in value.template.variables:
                if variable.key.lower().startswith(CHOSEN):
                    message = f"`{variable.key}` is set by people, and decides here what `{test.key}` may be."
                    yield Finding(value.span, message, "Name the IDs, or use a variable that nobody chooses.")
