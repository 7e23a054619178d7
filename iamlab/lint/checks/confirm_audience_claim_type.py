"""An audience is compared under a set operator."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION


@check("confirm-audience-claim-type", SUGGESTION, ("trust",))
def confirm_audience_claim_type(subject: Subject) -> Iterator[Finding]:
    """An audience is compared under a set operator.

    ## What it finds
    A key that ends in `:aud` under `ForAllValues` or `ForAnyValue` in a trust policy.

    ## Why it matters
    The audience of a token is a single value with most identity providers. `ForAllValues` then also holds where the
    token has none.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "ForAnyValue:StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"
          },
          "StringEquals": {
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
    Where the provider's tokens do carry a list of audiences.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.key.lower().endswith(":aud") and test.use.set_operator:
            plain = test.operator.partition(":")[2]
            message = f"`{test.key}` is one value with most providers; `{test.use.set_operator}` is for several."
            yield Finding(test.operator_span, message, f"Write `{plain}` where it is one.")
