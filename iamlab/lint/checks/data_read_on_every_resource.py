"""All data of a kind may be read."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.dangers import DATA, is_wide
from iamlab.lint.fitting import fits
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("data-read-on-every-resource", SECURITY_WARNING, ("identity",))
def data_read_on_every_resource(subject: Subject) -> Iterator[Finding]:
    """All data of a kind may be read.

    ## What it finds
    An Allow of an action that reads data, such as `s3:GetObject`, `secretsmanager:GetSecretValue` or `kms:Decrypt`, on
    `*` or on every resource of its type, without a condition.

    ## Why it matters
    What may be read can be carried off. An attacker who gets into one notebook takes the training data, the customers'
    files and the secrets of every team, and nobody sees more than reads.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "*"
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
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    For a scanner of data or a backup, on a role that only its service can assume.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    for statement in subject.allows:
        if statement.condition or subject.is_administrator(statement):
            continue
        for action, what in DATA.items():
            entries = subject.entries_for(statement, action)
            wide = [entry for entry in subject.resources(statement) if _is_all(entry.text, action)]
            if entries and wide and not statement.action.negated and not subject.is_denied(action):
                yield Finding(
                    wide[0].span,
                    f"`{entries[0].text}` on `{wide[0].text}` lets {what} be read.",
                    "Name what is needed.",
                )
                break


def _is_all(resource: str, action: str) -> bool:
    """Whether an entry names nothing in particular: `*`, or for S3 every bucket."""
    return is_wide(resource) and fits(action, resource)
