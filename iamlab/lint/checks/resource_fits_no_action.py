"""No action of the statement works on a resource that it names."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.misfits import idle_resources
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("resource-fits-no-action", WARNING)
def resource_fits_no_action(subject: Subject) -> Iterator[Finding]:
    """No action of the statement works on a resource that it names.

    ## What it finds
    An entry of `Resource` on which none of the actions of its statement can work, though they work on others there.

    ## Why it matters
    The entry does nothing. Who reads the policy believes that access to the resource is settled here, and it is not.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": ["arn:aws:s3:::ml-training-data-bucket", "arn:aws:s3:::ml-training-data-bucket/*"]
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
    Where the actions that need it are to come; the entry does no harm.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    for statement in subject.statements:
        idle = list(idle_resources(subject, statement))
        if statement.resource is None or len(idle) == len(statement.resource.entries):
            continue
        for entry in idle:
            yield Finding(
                entry.span,
                f"No action of this statement works on `{entry.text}`.",
                "Remove it, or add the action that is meant.",
                removal(subject.policy.source.text, entry.span, "Remove it"),
            )
