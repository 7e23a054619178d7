"""A Deny by tag names actions whose requests carry no tags of the resource."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.carrying import carries, is_plain
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject, names_of
from iamlab.lint.wording import shown
from iamlab.policy.problem import SECURITY_WARNING


@check("deny-with-unsupported-tag-condition-key-for-service", SECURITY_WARNING)
def deny_with_unsupported_tag_condition_key_for_service(subject: Subject) -> Iterator[Finding]:
    """A Deny by tag names actions whose requests carry no tags of the resource.

    ## What it finds
    A Deny under `aws:ResourceTag/…` that names actions for which AWS lists no such key.

    ## Why it matters
    Where the key is missing, a positive test is false: the Deny never applies to these actions, however the resource is
    tagged. The tag looks like a lock, and who wants the resource deletes it all the same.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "Action": ["sagemaker:DeleteModel", "iam:DeleteGroup"],
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
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "sagemaker:DeleteModel",
          "Resource": "*",
          "Condition": {
            "StringEquals": {"aws:ResourceTag/status": "confidential"}
          }
        },
        {
          "Effect": "Deny",
          "Action": "iam:DeleteGroup",
          "Resource": "arn:aws:iam::111122223333:group/confidential-*"
        }
      ]
    }
    ```

    ## When it is fine
    Where other actions of the same wildcard carry the key and these are harmless; better list them.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    """
    for statement in subject.denies:
        tests = [test for test in subject.tests(statement, "aws:ResourceTag") if is_plain(test)]
        for entry in subject.named(statement) if tests else ():
            lacking = [name for name in sorted(names_of(entry.text)) if not carries(name, tests[0].key)]
            if lacking:
                yield Finding(
                    entry.span,
                    f"{shown(lacking)} carry no `{tests[0].key}`, so this Deny never denies them.",
                    "Deny them in a statement of their own, by the resource's name.",
                )
