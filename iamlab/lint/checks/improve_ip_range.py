"""A range of addresses has bits that do not count."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION
from iamlab.policy.values import read_address, read_network


@check("improve-ip-range", SUGGESTION)
def improve_ip_range(subject: Subject) -> Iterator[Finding]:
    """A range of addresses has bits that do not count.

    ## What it finds
    A range in CIDR form whose address has bits behind the mask, such as `203.0.113.7/24`.

    ## Why it matters
    The bits behind the mask are ignored: all of `203.0.113.0/24` is meant, whoever reads one address into it.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}
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
    Never; the fix says the same.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        for value in test.values if test.use.operator.family == "IpAddress" else ():
            network = read_network(value.text)
            if network is None or "/" not in value.text or read_address(value.text.partition("/")[0]) == network[0]:
                continue
            message = f"The bits behind the mask of `{value.text}` do not count."
            yield Finding(value.span, message, f"The range is `{network}`.", rewriting(value.span, str(network)))
