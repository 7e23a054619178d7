"""Every repository of an owner on GitHub may assume the role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING

ANY_REPOSITORY = re.compile(r"repo:[^/*?]+/[^:/]*[*?][^:/]*(?::.*)?")


@check("specific-github-repo-and-branch-recommended", WARNING, ("trust",))
def specific_github_repo_and_branch_recommended(subject: Subject) -> Iterator[Finding]:
    """Every repository of an owner on GitHub may assume the role.

    ## What it finds
    A value of `token.actions.githubusercontent.com:sub` that names an owner and leaves the repository to a wildcard,
    such as `repo:example-org/*`.

    ## Why it matters
    Whoever may make a repository for this owner, or push to any of them, may assume the role: a trainee with a test
    repository as well as the release manager.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {
          "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
          "StringLike": {"token.actions.githubusercontent.com:sub": "repo:example-org/*"}
        }
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {
          "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:example-org/ml-training:ref:refs/heads/main"
          }
        }
      }
    }
    ```

    ## When it is fine
    For a role that every repository of the owner is meant to use, such as one that only reads packages.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    """
    for statement in subject.allows:
        for test in subject.tests(statement, "token.actions.githubusercontent.com:sub"):
            for value in test.values:
                if ANY_REPOSITORY.fullmatch(value.text):
                    yield Finding(
                        value.span,
                        f"`{value.text}` fits workflows of every repository of this owner.",
                        "Name the repository and the branch, as in `repo:example-org/ml-training:ref:refs/heads/main`.",
                    )
