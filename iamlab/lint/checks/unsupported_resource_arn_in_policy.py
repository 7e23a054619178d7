"""A resource's policy names another service's resource."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.arns import arns, shapes
from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import ERROR


@check("unsupported-resource-arn-in-policy", ERROR, ("resource",))
def unsupported_resource_arn_in_policy(subject: Subject) -> Iterator[Finding]:
    """A resource's policy names another service's resource.

    ## What it finds
    In a policy that hangs on a resource, where all actions are of one service, an ARN of another service.

    ## Why it matters
    A bucket's policy decides on requests for the bucket and what lies in it. The statement says nothing about anything
    else.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:role/TrainingRole"},
        "Action": "s3:GetObject",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket/*", "arn:aws:kms:eu-west-1:111122223333:key/*"]
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
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    prefixes = {entry.text.partition(":")[0].lower() for one in subject.statements for entry in one.action.entries}
    if len(prefixes) != 1 or not prefixes <= set(shapes()):
        return
    service = prefixes.pop()
    for _, arn in arns(subject):
        if arn.service != service and arn.service in shapes():
            message = f"This policy is about `{service}`, and `{arn.entry.text}` is another service's."
            yield Finding(arn.entry.span, message, "It belongs into the policy of that resource.")
