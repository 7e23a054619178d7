"""Everything is allowed on everything."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("administrator-access", SECURITY_WARNING, ("identity",))
def administrator_access(subject: Subject) -> Iterator[Finding]:
    """Everything is allowed on everything.

    ## What it finds
    An Allow of `"Action": "*"` on `"Resource": "*"` without a condition. Access Analyzer reports such a statement as
    `pass-role-with-star-in-action-and-resource`.

    ## Why it matters
    Whoever holds this identity, or gets hold of its credentials, owns the account: reads all data, makes users, deletes
    what it finds. In a notebook that any library can run code in, that is one bad package away.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "*",
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
    For the few people who administer the account, with MFA and temporary credentials.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
    """
    for statement in subject.allows:
        everything = subject.everything(statement)
        if everything is None or statement.condition or statement.action.negated:
            continue
        for entry in statement.action.entries:
            if entry.text in {"*", "*:*"}:
                yield Finding(
                    entry.span,
                    "Every action is allowed on every resource.",
                    "Write the actions that are needed, and the resources that they are needed on.",
                )
