"""An ARN has the shape of no resource."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from iamlab.aws.catalogue import ResourceType
from iamlab.aws.templates import filled
from iamlab.lint.check import Finding, check
from iamlab.lint.fitting import has_known_shape, kinds_by_service
from iamlab.lint.subject import Subject
from iamlab.lint.wording import shown
from iamlab.policy.problem import WARNING

INCOMPLETE = frozenset({"apigateway", "execute-api", "robomaker"})
"""Services whose resources the catalogue does not list in full."""


@check("invalid-arn-resource", WARNING)
def invalid_arn_resource(subject: Subject) -> Iterator[Finding]:
    """An ARN has the shape of no resource.

    ## What it finds
    An entry of `Resource` or `NotResource` of a known service, which no ARN of any of its resource types can match.

    ## Why it matters
    No request names such a resource, so the entry matches nothing. Usually the word before the name is missing or
    wrong, or a `/` stands for a `:`.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:trainingjob/churn"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DescribeTrainingJob",
        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:training-job/churn"
      }
    }
    ```

    ## When it is fine
    Where the catalogue lags behind the service.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    for statement in subject.statements:
        for entry in statement.resource.entries if statement.resource else ():
            kinds = kinds_by_service().get(entry.text.split(":")[2] if entry.text.count(":") > 4 else "", [])
            if kinds and entry.text.split(":")[2] not in INCOMPLETE and not has_known_shape(entry.text):
                shape = _closest(entry.text, kinds)
                yield Finding(
                    entry.span,
                    f"`{entry.text}` has the shape of no resource of `{entry.text.split(':')[2]}`.",
                    f"Close: {shown([filled(shape, '', None) or shape])}.",
                )


def _closest(text: str, kinds: list[ResourceType]) -> str:
    """The shape most like the entry in its last part."""
    shapes = [arn for kind in kinds for arn in kind.arn.split(", ")]
    return max(
        shapes, key=lambda arn: difflib.SequenceMatcher(None, arn.split(":", 5)[5], text.split(":", 5)[5]).ratio()
    )
