"""A condition on tags does not say which tag."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import condition_keys
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("missing-tag-key-in-condition", ERROR)
def missing_tag_key_in_condition(subject: Subject) -> Iterator[Finding]:
    """A condition on tags does not say which tag.

    ## What it finds
    `aws:ResourceTag`, `aws:RequestTag`, `aws:PrincipalTag`, or a service's key for tags, with no tag's name behind a
    `/`.

    ## Why it matters
    No request carries the key by itself. Which tags a request sets, by name, is what `aws:TagKeys` is for.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DeleteModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"StringEquals": {"aws:ResourceTag": "vision"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:DeleteModel",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:model/*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "vision"}}
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        key = test.key.lower().rstrip("/")
        if "/" in key or not key.endswith("tag") or not _takes_name(key):
            continue
        message = f"`{test.key}` does not say which tag."
        yield Finding(test.key_span, message, f"Write the tag's name behind it, as in `{test.key.rstrip('/')}/team`.")


def _takes_name(key: str) -> bool:
    known = condition_keys(key.partition(":")[0])
    return key not in known and any(name.startswith((f"{key}/$", f"{key}/<")) for name in known)
