"""An action that names no resource is tied to one."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.misfits import Misfit, misfits
from iamlab.lint.subject import Subject
from iamlab.policy.problem import WARNING


@check("action-takes-no-resource", WARNING)
def action_takes_no_resource(subject: Subject) -> Iterator[Finding]:
    """An action that names no resource is tied to one.

    ## What it finds
    An action whose requests name no resource, such as `s3:ListAllMyBuckets`, in a statement whose `Resource` is not
    `*`.

    ## Why it matters
    Such a request says `*` where others say an ARN, and only a pattern that matches `*` covers it. The Allow allows
    nothing, a Deny denies nothing.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListAllMyBuckets",
        "Resource": "arn:aws:s3:::*"
      }
    }
    ```

    ## Instead
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:ListAllMyBuckets",
        "Resource": "*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    for _, entry, _ in misfits(subject, Misfit.TAKES_NONE):
        yield Finding(
            entry.span,
            f"Requests for `{entry.text}` name no resource, so this statement's `Resource` does not cover them.",
            'Put it in a statement of its own with `"Resource": "*"`.',
        )
