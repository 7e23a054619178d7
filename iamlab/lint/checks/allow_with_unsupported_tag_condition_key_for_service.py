"""An action is allowed by a tag of a resource that never tells its tags."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.tags import asks_for_tag, tells_tags
from iamlab.policy.problem import SUGGESTION


@check("allow-with-unsupported-tag-condition-key-for-service", SUGGESTION)
def allow_with_unsupported_tag_condition_key_for_service(subject: Subject) -> Iterator[Finding]:
    """An action is allowed by a tag of a resource that never tells its tags.

    ## What it finds
    An Allow with a condition on `aws:ResourceTag/…`, in which an action without wildcards is of a service none of
    whose actions carries that key.

    ## Why it matters
    Requests of that service lack the key, so the condition never holds, and the action is not allowed, however its
    resource is tagged.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sagemaker:DescribeModel", "comprehendmedical:DetectEntitiesV2"],
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
        "Action": "sagemaker:DescribeModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "vision"}}
      }
    }
    ```

    ## When it is fine
    Never. Allow such actions in a statement of their own, by names of resources.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.allows:
        tests = [test for test in statement.condition if asks_for_tag(test)]
        for entry in statement.action.entries if tests and not statement.action.negated else ():
            if not tells_tags(entry.text.partition(":")[0].lower()):
                message = f"Requests for `{entry.text}` never carry `{tests[0].key}`, so it is not allowed here."
                yield Finding(entry.span, message, "Allow it in a statement without this condition.")
