"""A policy variable has a space in its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.variables import variables
from iamlab.policy.problem import ERROR


@check("unsupported-space-in-variable", ERROR)
def unsupported_space_in_variable(subject: Subject) -> Iterator[Finding]:
    """A policy variable has a space in its name.

    ## What it finds
    White space between `${` and the end of the key's name.

    ## Why it matters
    The text is then no variable but plain text, and matches nothing that was meant. A space belongs only between the
    comma and the default.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${ aws:username }/*"
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
        if variable.is_closed and variable.name.strip() and re.search(r"\s", variable.name):
            message = f"The variable `{variable.text}` has a space in its name."
            yield Finding(variable.span, message, "Remove the space.")
