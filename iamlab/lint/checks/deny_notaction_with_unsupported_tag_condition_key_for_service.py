"""A Deny by tag takes in every action but some."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.carrying import is_plain
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("deny-notaction-with-unsupported-tag-condition-key-for-service", SECURITY_WARNING)
def deny_notaction_with_unsupported_tag_condition_key_for_service(subject: Subject) -> Iterator[Finding]:
    """A Deny by tag takes in every action but some.

    ## What it finds
    A Deny with `NotAction` under `aws:ResourceTag/…`.

    ## Why it matters
    Many actions carry no tags of the resource, and for those the test is false: they are not denied. `NotAction` takes
    in all of them, and those of every service to come, so the statement says more than it does.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotAction": "s3:GetObject",
        "Resource": "*",
        "Condition": {
          "StringEquals": {"aws:ResourceTag/status": "confidential"}
        }
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": ["sagemaker:DeleteModel", "sagemaker:DeleteEndpoint"],
        "Resource": "*",
        "Condition": {
          "StringEquals": {"aws:ResourceTag/status": "confidential"}
        }
      }
    }
    ```

    ## When it is fine
    Where only actions that carry the key matter; then list them.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
    """
    for statement in subject.denies:
        tests = [test for test in subject.tests(statement, "aws:ResourceTag") if is_plain(test)]
        if statement.action.negated and tests:
            yield Finding(
                statement.places["NotAction"].name,
                f"`NotAction` takes in many actions that carry no `{tests[0].key}`; they are not denied.",
                "List in `Action` what is to be denied.",
            )
