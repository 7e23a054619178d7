"""A value under an address operator is no address."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR
from iamlab.policy.values import read_network


@check("type-mismatch-ip-range", ERROR)
def type_mismatch_ip_range(subject: Subject) -> Iterator[Finding]:
    """A value under an address operator is no address.

    ## What it finds
    A value of `IpAddress` or `NotIpAddress` that is neither an address nor a range in CIDR form.

    ## Why it matters
    It fits no request: the condition never holds, or, negated, always.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.*"}}
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
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        for value in test.values if test.use.operator.family == "IpAddress" else ():
            if read_network(value.text) is None and "${" not in value.text:
                message = f"`{value.text}` is neither an address nor a range."
                yield Finding(value.span, message, "Write a range in CIDR form, as in `203.0.113.0/24`.")
