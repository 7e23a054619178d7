"""A SAML provider is trusted for any audience."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.exposure import providers
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("saml-without-audience", SECURITY_WARNING, ("trust",))
def saml_without_audience(subject: Subject) -> Iterator[Finding]:
    """A SAML provider is trusted for any audience.

    ## What it finds
    An Allow of `sts:AssumeRoleWithSAML` without a condition on `SAML:aud`, `SAML:iss` or `SAML:sub`.

    ## Why it matters
    An assertion that the identity provider made for another place, and that leaked there, could be used to assume this
    role. The audience says that it was made for signing in to AWS.

    ## Example
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleCorp"},
        "Action": "sts:AssumeRoleWithSAML"
      }
    }
    ```

    ## Instead
    ```json trust
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ExampleCorp"},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {
          "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}
        }
      }
    }
    ```

    ## When it is fine
    Where the provider is used for nothing but AWS.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
    """
    for statement in subject.allows:
        if any(key.startswith("saml:") for key in subject.keys(statement)):
            continue
        for entry in providers(subject, statement, "sts:AssumeRoleWithSAML"):
            yield Finding(
                entry.span,
                f"Assertions of `{entry.text}` open this role, for whatever audience they were made.",
                "Test `SAML:aud`; for signing in to AWS it is `https://signin.aws.amazon.com/saml`.",
            )
