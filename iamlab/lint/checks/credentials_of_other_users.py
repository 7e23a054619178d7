"""Credentials of any user may be made."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.dangers import CREDENTIALS
from iamlab.lint.endangering import dangerous
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

HELP = "Name the user, or write `user/${aws:username}` for one's own."


@check("credentials-of-other-users", SECURITY_WARNING, ("identity",))
def credentials_of_other_users(subject: Subject) -> Iterator[Finding]:
    """Credentials of any user may be made.

    ## What it finds
    An Allow of an action that makes or changes credentials, such as `iam:CreateAccessKey` or `iam:UpdateLoginProfile`,
    on `*` or on every user.

    ## Why it matters
    An attacker makes a key for an administrator, and is the administrator. The key stays when the first leak is closed.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "iam:CreateAccessKey",
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
        "Action": "iam:CreateAccessKey",
        "Resource": "arn:aws:iam::111122223333:user/${aws:username}"
      }
    }
    ```

    ## When it is fine
    For who administers users.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
    """
    for statement in subject.allows:
        yield from dangerous(subject, statement, CREDENTIALS, HELP)
