"""An action begins with a name that no service has."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.operations import OTHER_NAME, authorized_actions
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.spelling import services_meant
from iamlab.lint.subject import Subject, names_of
from iamlab.lint.wording import shown
from iamlab.policy.problem import ERROR


@check("unknown-service", ERROR)
def unknown_service(subject: Subject) -> Iterator[Finding]:
    """An action begins with a name that no service has.

    ## What it finds
    An entry of `Action` or `NotAction` whose prefix is at most two letters away from that of a service, or is the name
    that the SDK or people have for it, such as `bedrock-runtime` or `eventbridge`.

    ## Why it matters
    IAM saves the policy without a word, and the entry matches no request at all. In a Deny it leaves open what it was
    to close.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemakr:CreateEndpoint",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock-runtime:InvokeModel",
        "Resource": "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateEndpoint",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"
      }
    }
    ```

    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1"
      }
    }
    ```

    ## When it is fine
    Never. A service that is newer than the catalogue is a warning only: `service-not-in-catalogue`.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
    """
    for statement in subject.statements:
        for entry in subject.with_unknown_service(statement):
            prefix, _, name = entry.text.partition(":")
            if meant := services_meant(prefix):
                written = _written(meant[0], name) if len(meant) == 1 else ""
                help = f"{'Write' if len(meant) == 1 else 'Close:'} {shown([f'{service}:' for service in meant])}."
                if written and not written.lower().endswith(f":{name.lower()}"):
                    help += f" Calls of `{name}` are authorized as `{written}`."
                fix = rewriting(entry.span, written, changes_access=True) if written else None
                yield Finding(entry.span, f"No service has the prefix `{prefix}`.", help, fix)


def _written(service: str, name: str) -> str:
    """The action of a service that a name means: of that name, or the one that an operation of that name asks for."""
    if names_of(f"{service}:{name}"):
        return f"{service}:{name}"
    known = authorized_actions(service, name)
    return known.actions[0] if known.kind == OTHER_NAME and len(known.actions) == 1 else ""
