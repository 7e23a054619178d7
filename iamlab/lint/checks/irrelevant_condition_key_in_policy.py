"""A resource's policy asks whose the resource is."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SUGGESTION

KEYS = ("s3:resourceaccount", "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")


@check("irrelevant-condition-key-in-policy", SUGGESTION, ("resource",))
def irrelevant_condition_key_in_policy(subject: Subject) -> Iterator[Finding]:
    """A resource's policy asks whose the resource is.

    ## What it finds
    A condition on `s3:ResourceAccount`, `aws:ResourceAccount`, `aws:ResourceOrgID` or `aws:ResourceOrgPaths` in a
    policy that hangs on a resource.

    ## Why it matters
    The resource is always the one on which the policy hangs, and its owner always the same. Such a key is for
    identity-based policies, SCPs and VPC endpoint policies.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*",
        "Condition": {"StringEquals": {"s3:ResourceAccount": "111122223333"}}
      }
    }
    ```

    ## Instead
    ```json
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
    In a policy that is written once and put on resources of several accounts.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for _, test in subject.conditions:
        if test.key.lower() in KEYS:
            message = f"`{test.key}` is always the same here: the owner of what this policy hangs on."
            yield Finding(test.key_span, message, "Remove it, or ask for `aws:PrincipalAccount`.")
