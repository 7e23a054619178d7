"""An identity provider is named by neither a domain nor an ARN."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.providers import provider_kind
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("invalid-federated-principal-syntax-in-role-trust-policy", ERROR, ("trust",))
def invalid_federated_principal_syntax_in_role_trust_policy(subject: Subject) -> Iterator[Finding]:
    """An identity provider is named by neither a domain nor an ARN.

    ## What it finds
    A `Federated` principal of a trust policy that is neither a domain, such as `accounts.google.com`, nor the ARN of a
    `saml-provider` or an `oidc-provider`.

    ## Why it matters
    IAM refuses the trust policy.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "Campus"},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/Campus"},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry in statement.principal.entries if statement.principal else ():
            if entry.type == "Federated" and provider_kind(entry.text) is None:
                help = "Write the provider's ARN, as in `arn:aws:iam::111122223333:saml-provider/Campus`."
                yield Finding(entry.span, f"`{entry.text}` is no identity provider.", help)
