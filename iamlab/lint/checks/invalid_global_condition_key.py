"""A global condition key does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.aws.catalogue import condition_keys, find_condition_key
from iamlab.lint.check import Finding, check
from iamlab.lint.edits import rewriting
from iamlab.lint.subject import Subject
from iamlab.policy.names import near_names
from iamlab.policy.problem import ERROR

OTHERS = ("aws:arn", "aws:resourcetag", "aws:requesttag", "aws:principaltag", "aws:principalorgmasteraccountid")
"""The key that AWS withdrew and tags without their name, of which other checks speak; and one of AWS's own policies."""


@check("invalid-global-condition-key", ERROR)
def invalid_global_condition_key(subject: Subject) -> Iterator[Finding]:
    """A global condition key does not exist.

    ## What it finds
    A key that begins with `aws:` and is none of AWS's.

    ## Why it matters
    No request carries it. A positive operator then never holds, a negated one always: an `Allow` gives nothing, a
    `Deny` may hit everyone.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"StringEquals": {"aws:PrincipleTag/team": "vision"}}
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sagemaker:CreateTrainingJob",
        "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "vision"}}
      }
    }
    ```

    ## When it is fine
    Where the key is newer than the kit's list.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        key, slash, tag = test.key.partition("/")
        if not key.lower().startswith("aws:") or key.lower() in OTHERS or find_condition_key(test.key):
            continue
        near = near_names(key, {known.name.partition("/")[0] for known in condition_keys("aws").values()}, 1)
        right = f"{near[0]}{slash}{tag}" if near else ""
        yield Finding(
            test.key_span,
            f"There is no global condition key `{test.key}`.",
            f"Perhaps `{right}` is meant." if near else "The IAM User Guide lists the global keys.",
            rewriting(test.key_span, right, changes_access=True) if near else None,
        )
