"""A policy variable names no key."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.variables import variables
from iamlab.policy.problem import ERROR


@check("empty-variable", ERROR)
def empty_variable(subject: Subject) -> Iterator[Finding]:
    """A policy variable names no key.

    ## What it finds
    `${}`, or with nothing but white space in it.

    ## Why it matters
    The text is then no variable but plain text, and matches nothing that was meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${}/*"
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
    Never. `${*}`, `${?}` and `${$}` are not empty: they are the characters themselves.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for variable in variables(subject):
        if variable.is_closed and not variable.name.strip():
            yield Finding(variable.span, "This variable names no key.", "Write a key, as in `${aws:username}`.")
