"""An identity provider is trusted whatever its tokens say."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import providers
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("missing-condition-key-for-oidc-principal", SECURITY_WARNING, ("trust",))
def missing_condition_key_for_oidc_principal(subject: Subject) -> Iterator[Finding]:
    """An identity provider is trusted whatever its tokens say.

    ## What it finds
    An Allow of `sts:AssumeRoleWithWebIdentity` to an OpenID Connect provider, without a condition on any of its keys,
    such as `…:aud` or `…:sub`.

    ## Why it matters
    Public providers give tokens to everyone who signs up. An attacker gets a token for an application of their own, and
    with it assumes the role.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "StringEquals": {"accounts.google.com:aud": "ml-labeling-app"}
        }
      }
    }
    ```

    ## When it is fine
    With a provider of the own company that knows this one application only.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    """
    for statement in subject.allows:
        for entry in providers(subject, statement, "sts:AssumeRoleWithWebIdentity"):
            name = entry.text.partition(":oidc-provider/")[2] or entry.text
            if not any(key.startswith(f"{name.lower().partition('/')[0]}") for key in subject.keys(statement)):
                yield Finding(
                    entry.span,
                    f"Every token of `{name}` opens this role.",
                    f"Test `{name}:aud`, and `{name}:sub` where it is known.",
                )
