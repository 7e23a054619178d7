"""All actions but some are allowed by a tag."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.tags import asks_for_tag
from iamlab.policy.problem import SUGGESTION


@check("allow-notaction-with-unsupported-tag-condition-key-for-service", SUGGESTION)
def allow_notaction_with_unsupported_tag_condition_key_for_service(subject: Subject) -> Iterator[Finding]:
    """All actions but some are allowed by a tag.

    ## What it finds
    An Allow with `NotAction` and a condition on `aws:ResourceTag/…`.

    ## Why it matters
    Only actions whose requests carry the key are allowed. Which these are, nobody sees from the policy, and it changes
    as services learn to tell their tags.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "NotAction": "iam:*",
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "vision"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeModel", "sagemaker:InvokeEndpoint"],
        "Resource": [
          "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
          "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/*"
        ],
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "vision"}}
      }
    }
    ```

    ## When it is fine
    Never. List the actions.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.allows:
        for test in statement.condition if statement.action.negated else ():
            if asks_for_tag(test):
                message = f"Only actions whose requests carry `{test.key}` are allowed, and many carry no tags."
                yield Finding(test.key_span, message, "List the actions in `Action`.")
