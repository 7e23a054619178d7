"""Every action of a service is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, names_of
from iamlab.policy import Statement
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
    For who administers the service; for the one resource that a role owns. The statement by which a KMS key's policy
    leaves the key to its account, so that IAM policies can decide, is not found.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    for statement in subject.allows:
        for entry in subject.named(statement):
            prefix, _, name = entry.text.partition(":")
            if name and not name.strip("*") and not _is_key_left_to_account(subject, statement, prefix):
                yield Finding(
                    entry.span,
                    f"`{entry.text}` takes in all {len(names_of(entry.text))} actions of `{prefix}`.",
                    "Write the actions that are needed.",
                )


def _is_key_left_to_account(subject: Subject, statement: Statement, prefix: str) -> bool:
    """Whether a key's policy gives everything to an account, and to nobody else."""
    entries = statement.principal.entries if statement.principal and not statement.principal.negated else ()
    accounts = (re.fullmatch(r"\d{12}|arn:aws[a-z-]*:iam::\d{12}:root", entry.text) for entry in entries)
    return subject.kind == "resource" and prefix.lower() == "kms" and bool(entries) and all(accounts)
