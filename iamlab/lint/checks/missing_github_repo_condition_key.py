"""Every repository on GitHub may assume the role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import providers
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING

GITHUB = "token.actions.githubusercontent.com"
NAMING = tuple(f"{GITHUB}:{claim}" for claim in ("sub", "repository", "repository_owner", "job_workflow_ref"))
ANY_OWNER = re.compile(r"[*?]+|repo:[*?].*")


@check("missing-github-repo-condition-key", SECURITY_WARNING, ("trust",))
def missing_github_repo_condition_key(subject: Subject) -> Iterator[Finding]:
    """Every repository on GitHub may assume the role.

    ## What it finds
    An Allow of `sts:AssumeRoleWithWebIdentity` to GitHub's provider that does not say by
    `token.actions.githubusercontent.com:sub` which repositories may come, or that fits any owner.

    ## Why it matters
    GitHub signs tokens for every workflow of every repository. An attacker writes a workflow in a repository of their
    own, names the role, and is in.

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
          "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}
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
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    """
    for statement in subject.allows:
        for entry in providers(subject, statement, "sts:AssumeRoleWithWebIdentity"):
            tests = list(subject.tests(statement, *NAMING))
            if GITHUB not in entry.text or not any(key.startswith(GITHUB) for key in subject.keys(statement)):
                continue
            if not tests or any(ANY_OWNER.fullmatch(value.text) for test in tests for value in test.values):
                yield Finding(
                    entry.span,
                    "Workflows of any repository on GitHub may assume this role.",
                    f"Test `{GITHUB}:sub`, as in `repo:example-org/ml-training:ref:refs/heads/main`.",
                )
