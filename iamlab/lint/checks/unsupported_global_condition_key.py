"""A condition asks for `aws:ARN`."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("unsupported-global-condition-key", ERROR)
def unsupported_global_condition_key(subject: Subject) -> Iterator[Finding]:
    """A condition asks for `aws:ARN`.

    ## What it finds
    The condition key `aws:ARN`, in any spelling.

    ## Why it matters
    AWS no longer supports it. `aws:PrincipalArn` is the ARN of who makes the request, `aws:SourceArn` the resource for
    which a service makes it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:InvokeEndpoint",
        "Resource": "*",
        "Condition": {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/Serving*"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:InvokeEndpoint",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn",
        "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Serving*"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.key.lower() == "aws:arn":
            yield Finding(
                test.key_span,
                f"`{test.key}` is no longer supported.",
                "Write `aws:PrincipalArn` for who makes the request, `aws:SourceArn` for a service's resource.",
                rewriting(test.key_span, "aws:PrincipalArn", changes_access=True),
            )
