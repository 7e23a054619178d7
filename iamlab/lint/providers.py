"""Identity providers as `Federated` principals (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)."""

from __future__ import annotations

import re

from iamlab.policy import parse_arn

__all__ = ["provider_kind"]

DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


def provider_kind(text: str) -> str | None:
    """Return `saml` or `oidc`, by how a provider is named; None where it is named by neither a domain nor an ARN.

    >>> provider_kind("arn:aws:iam::111122223333:saml-provider/Campus"), provider_kind("accounts.google.com")
    ('saml', 'oidc')
    """
    arn = parse_arn(text)
    if arn is None:
        return "oidc" if DOMAIN.fullmatch(text) else None
    return {"saml-provider": "saml", "oidc-provider": "oidc"}.get(arn.resource_type) if arn.service == "iam" else None
