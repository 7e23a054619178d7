"""A role trusts a whole account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

ACCOUNT = re.compile(r"[0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:root", re.ASCII)


@check("trusts-whole-account", WARNING, ("trust",))
def trusts_whole_account(subject: Subject) -> Iterator[Finding]:
    """A role trusts a whole account.

    ## What it finds
    An Allow of `sts:AssumeRole` in a trust policy to an account, by its number or as `…:root`, without a condition.

    ## Why it matters
    Every principal of that account that may call `sts:AssumeRole` gets the role. If the account is a partner's, its
    other customers can have the partner use the role for them: the confused deputy, which `sts:ExternalId` stops.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
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
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {"sts:ExternalId": "ml-platform-7d1f"}
        }
      }
    }
    ```

    ## When it is fine
    Where it is the own account, whose identity policies then say who may assume the role.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
    """
    for statement in subject.allows:
        if statement.condition or not subject.takes_in(statement, "sts:AssumeRole"):
            continue
        for entry in subject.principals_of(statement, "AWS"):
            if ACCOUNT.fullmatch(entry.text):
                yield Finding(
                    entry.span,
                    f"`{entry.text}` is a whole account: any of its principals may be let in by its identity policies.",
                    "Name the role that is to come; for another company's account test `sts:ExternalId`.",
                )
