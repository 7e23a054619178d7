"""A policy other than a trust policy names an identity provider."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("federated-principal-not-supported", ERROR, ("resource", "vpc_endpoint"))
def federated_principal_not_supported(subject: Subject) -> Iterator[Finding]:
    """A policy other than a trust policy names an identity provider.

    ## What it finds
    `Federated` in the `Principal` of a policy that hangs on a resource, or of a VPC endpoint policy.

    ## Why it matters
    Whoever signs in by a provider assumes a role, and then makes requests as a session of that role. The provider
    itself makes none, so the statement says nothing.

    ## Example
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/Campus"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## Instead
    ```json resource
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        for entry in statement.principal.entries if statement.principal else ():
            if entry.type == "Federated":
                message = f"`{entry.text}` makes no requests; the sessions of the role that it lets assume do."
                yield Finding(entry.span, message, "Name that role.")
