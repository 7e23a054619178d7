"""A policy variable's default lacks its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.variables import variables
from iamlab.policy.problem import ERROR

QUOTED = re.compile(r"'[^']*'")


@check("missing-quote-in-variable", ERROR)
def missing_quote_in_variable(subject: Subject) -> Iterator[Finding]:
    """A policy variable's default lacks its quotes.

    ## What it finds
    A variable with a comma and something behind it that is no text between single quotes.

    ## Why it matters
    A default stands as in `${aws:userid, 'anonymous'}`. Otherwise the whole is plain text, and matches nothing that
    was meant.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:PrincipalTag/team, shared}/*"
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
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:PrincipalTag/team, 'shared'}/*"
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
        if variable.is_closed and variable.default and not QUOTED.fullmatch(variable.default.strip()):
            help = "Write it as in `${aws:userid, 'anonymous'}`."
            yield Finding(variable.span, f"The default `{variable.default.strip()}` has no single quotes.", help)
