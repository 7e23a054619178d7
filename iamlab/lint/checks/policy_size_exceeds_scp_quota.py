"""An SCP is longer than Organizations takes."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR

QUOTA = 10_240
"""Rule L6."""


@check("policy-size-exceeds-scp-quota", ERROR, ("scp",))
def policy_size_exceeds_scp_quota(subject: Subject) -> Iterator[Finding]:
    """An SCP is longer than Organizations takes.

    ## What it finds
    More than 10,240 characters in a service control policy, white space counted.

    ## Why it matters
    Organizations refuses it. The console takes out white space before it saves, the command line and SDKs do not.

    ## Example
    ```json scp repeat=140
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:DeleteModel",
        "Resource": [
          "arn:aws:sagemaker:eu-west-1:111122223333:model/production-model-number-…",
          "arn:aws:sagemaker:eu-west-1:111122223333:model/production"
        ]
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": "sagemaker:DeleteModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/production*"
      }
    }
    ```

    ## When it is fine
    Never. Up to ten SCPs hang in one place, so a long one can be parted.

    ## References
    - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    if (size := len(subject.text)) > QUOTA:
        message = f"This policy has {size:,} characters; an SCP has at most {QUOTA:,}, white space counted."
        yield Finding(subject.policy.places["Statement"].name, message, "Part it, or name things by patterns.")
