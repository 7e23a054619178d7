"""The policy is larger than a trust policy may be."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

QUOTA = 2_048


@check("policy-size-exceeds-role-trust-policy-quota", WARNING, ("trust",))
def policy_size_exceeds_role_trust_policy_quota(subject: Subject) -> Iterator[Finding]:
    """The policy is larger than a trust policy may be.

    ## What it finds
    A trust policy of more than 2,048 characters, white space not counted.

    ## Why it matters
    IAM refuses to save it. The quota of an account can be raised, but a list of so many principals is seldom kept up to
    date: who left the team stays in it.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {
          "AWS": [
            "arn:aws:iam::111122223333:user/data-scientists/vision-01",
            "arn:aws:iam::111122223333:user/data-scientists/speech-01",
            "arn:aws:iam::111122223333:user/data-scientists/language-01",
            "arn:aws:iam::111122223333:user/data-scientists/vision-02",
            "arn:aws:iam::111122223333:user/data-scientists/speech-02",
            "arn:aws:iam::111122223333:user/data-scientists/language-02",
            "arn:aws:iam::111122223333:user/data-scientists/vision-03",
            "arn:aws:iam::111122223333:user/data-scientists/speech-03",
            "arn:aws:iam::111122223333:user/data-scientists/language-03",
            "arn:aws:iam::111122223333:user/data-scientists/vision-04",
            "arn:aws:iam::111122223333:user/data-scientists/speech-04",
            "arn:aws:iam::111122223333:user/data-scientists/language-04",
            "arn:aws:iam::111122223333:user/data-scientists/vision-05",
            "arn:aws:iam::111122223333:user/data-scientists/speech-05",
            "arn:aws:iam::111122223333:user/data-scientists/language-05",
            "arn:aws:iam::111122223333:user/data-scientists/vision-06",
            "arn:aws:iam::111122223333:user/data-scientists/speech-06",
            "arn:aws:iam::111122223333:user/data-scientists/language-06",
            "arn:aws:iam::111122223333:user/data-scientists/vision-07",
            "arn:aws:iam::111122223333:user/data-scientists/speech-07",
            "arn:aws:iam::111122223333:user/data-scientists/language-07",
            "arn:aws:iam::111122223333:user/data-scientists/vision-08",
            "arn:aws:iam::111122223333:user/data-scientists/speech-08",
            "arn:aws:iam::111122223333:user/data-scientists/language-08",
            "arn:aws:iam::111122223333:user/data-scientists/vision-09",
            "arn:aws:iam::111122223333:user/data-scientists/speech-09",
            "arn:aws:iam::111122223333:user/data-scientists/language-09",
            "arn:aws:iam::111122223333:user/data-scientists/vision-10",
            "arn:aws:iam::111122223333:user/data-scientists/speech-10",
            "arn:aws:iam::111122223333:user/data-scientists/language-10",
            "arn:aws:iam::111122223333:user/data-scientists/vision-11",
            "arn:aws:iam::111122223333:user/data-scientists/speech-11",
            "arn:aws:iam::111122223333:user/data-scientists/language-11",
            "arn:aws:iam::111122223333:user/data-scientists/vision-12",
            "arn:aws:iam::111122223333:user/data-scientists/speech-12",
            "arn:aws:iam::111122223333:user/data-scientists/language-12"
          ]
        },
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/DataScientist"},
        "Action": "sts:AssumeRole"
      }
    }
    ```

    ## When it is fine
    Where the account's quota was raised.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    if (size := subject.size) > QUOTA:
        yield Finding(
            subject.policy.places["Statement"].name,
            f"The policy has {size:,} characters without white space; a trust policy may have {QUOTA:,}.",
            "Trust one role that the people assume, or test `aws:PrincipalTag` or `aws:PrincipalOrgID`.",
        )
