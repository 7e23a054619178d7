"""A trust policy's action does not go with whom it names."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.providers import provider_kind
from iamlab.lint.subject import Subject
from iamlab.policy.names import or_list
from iamlab.policy.problem import ERROR

WANTED = {
    "sts:assumerole": "own",
    "sts:assumerolewithsaml": "saml",
    "sts:assumerolewithwebidentity": "oidc",
}
RIGHT = {
    "own": "sts:AssumeRole",
    "saml": "sts:AssumeRoleWithSAML",
    "oidc": "sts:AssumeRoleWithWebIdentity",
}


@check("mismatched-action-for-principal", ERROR, ("trust",))
def mismatched_action_for_principal(subject: Subject) -> Iterator[Finding]:
    """A trust policy's action does not go with whom it names.

    ## What it finds
    `sts:AssumeRole` where only identity providers are named, `sts:AssumeRoleWithSAML` without a SAML provider, or
    `sts:AssumeRoleWithWebIdentity` without an OIDC one.

    ## Why it matters
    Each way of assuming a role has its own kind of principal. With another one nobody can assume the role.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:ml-team/training:ref:refs/heads/main"
          }
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:ml-team/training:ref:refs/heads/main"
          }
        }
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.allows:
        entries = statement.principal.entries if statement.principal and not statement.principal.negated else ()
        kinds = {provider_kind(entry.text) if entry.type == "Federated" else "own" for entry in entries} - {None}
        for action in statement.action.entries if kinds else ():
            wanted = WANTED.get(action.text.lower())
            if wanted is not None and wanted not in kinds and "*" not in {entry.text for entry in entries}:
                right = or_list(RIGHT[kind] for kind in sorted(map(str, kinds)))
                message = f"`{action.text}` does not go with the principal of this statement."
                yield Finding(action.span, message, f"With this principal it is {right}.")
