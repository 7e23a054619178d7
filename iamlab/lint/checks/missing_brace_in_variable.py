"""A policy variable is not closed."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.variables import variables
from iamlab.policy.problem import ERROR


@check("missing-brace-in-variable", ERROR)
def missing_brace_in_variable(subject: Subject) -> Iterator[Finding]:
    """A policy variable is not closed.

    ## What it finds
    A `${` with no `}` behind it, in a resource or in a value of a condition.

    ## Why it matters
    The text is then no variable but plain text, and matches nothing that was meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:username/*"
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
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:username}/*"
      }
    }
    ```

    ## When it is fine
    Never.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for variable in variables(subject):
        if not variable.is_closed:
            yield Finding(variable.span, "A `${` is never closed.", "Put `}` behind the name of the key.")
