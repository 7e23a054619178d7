"""`NotResource` stands in an Allow."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy.problem import SECURITY_WARNING


@check("not-resource-with-allow", SECURITY_WARNING, ("identity", "resource", "session", "vpc_endpoint"))
def not_resource_with_allow(subject: Subject) -> Iterator[Finding]:
    """`NotResource` stands in an Allow.

    ## What it finds
    An Allow with `NotResource`, which allows its actions on every resource that the list leaves out.

    ## Why it matters
    Every bucket, key or role made later is outside the list, and so is open. So are resources of other accounts that
    trust this one.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "NotResource": "arn:aws:s3:::ml-training-data-bucket-secret/*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    In a service control policy, where other policies grant.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for statement in subject.allows:
        if statement.resource is not None and statement.resource.negated and statement.resource.entries:
            yield Finding(
                statement.places["NotResource"].name,
                "This Allow takes in every resource that `NotResource` does not list, those made later too.",
                "List in `Resource` what is meant; or deny what must not be, in a statement of its own.",
            )
