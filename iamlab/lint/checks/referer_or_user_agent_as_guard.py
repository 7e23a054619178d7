"""What a client says of itself decides on access."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("referer-or-user-agent-as-guard", SECURITY_WARNING)
def referer_or_user_agent_as_guard(subject: Subject) -> Iterator[Finding]:
    """What a client says of itself decides on access.

    ## What it finds
    An Allow whose condition tests `aws:Referer` or `aws:UserAgent`. In a policy for everyone it leaves the resource
    open, and `public-resource-policy` says so too.

    ## Why it matters
    Anyone can write anything into these headers. The condition keeps out honest browsers and nobody else.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {
          "StringLike": {"aws:Referer": "https://www.example.com/*"}
        }
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Against links from other pages to public pictures, where nothing is secret.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    for statement in subject.allows:
        for test in subject.tests(statement, "aws:Referer", "aws:UserAgent"):
            if not test.use.operator.negated:
                yield Finding(
                    test.key_span,
                    f"Anyone can send any `{test.key}`; it proves nothing.",
                    "Name the principals, or test where the request comes from.",
                )
