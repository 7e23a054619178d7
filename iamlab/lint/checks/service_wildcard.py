"""Every action of a service is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, names_of
from iamlab.policy.problem import WARNING


@check("service-wildcard", WARNING, ("identity", "resource"))
def service_wildcard(subject: Subject) -> Iterator[Finding]:
    """Every action of a service is allowed.

    ## What it finds
    An Allow of `service:*`, such as `s3:*`.

    ## Why it matters
    It takes in what nobody thinks of at first: `s3:*` also changes the policy of a bucket and deletes it, `sagemaker:*`
    also stops the endpoints of others. What AWS adds to the service later is allowed too.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"]
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    For who administers the service; for the one resource that a role owns.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    for statement in subject.allows:
        for entry in subject.named(statement):
            prefix, _, name = entry.text.partition(":")
            if name and not name.strip("*"):
                yield Finding(
                    entry.span,
                    f"`{entry.text}` takes in all {len(names_of(entry.text))} actions of `{prefix}`.",
                    "Write the actions that are needed.",
                )
