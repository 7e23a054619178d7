"""A policy variable stands in an old policy."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.lint.variables import variables
from iamlab.policy import Fix, Span
from iamlab.policy.kinds import VERSIONS
from iamlab.policy.problem import ERROR


@check("variable-unsupported-in-version", ERROR)
def variable_unsupported_in_version(subject: Subject) -> Iterator[Finding]:
    """A policy variable stands in an old policy.

    ## What it finds
    `${…}` in a resource or a value of a condition, in a policy whose `Version` is missing or `2008-10-17`.

    ## Why it matters
    Only `2012-10-17` knows variables. In an older policy `${aws:username}` is those fifteen characters, and matches
    nothing that was meant.

    ## Example
    ```json
    {
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-home-bucket/home/${aws:username}/*"
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
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    if subject.policy.version == VERSIONS[0]:
        return
    for variable in variables(subject):
        if variable.is_closed:
            message = f"`{variable.text}` is plain text here: the policy's `Version` is not `{VERSIONS[0]}`."
            help = f'Write `"Version": "{VERSIONS[0]}"` at the policy\'s beginning.'
            yield Finding(variable.span, message, help, _fix(subject))


def _fix(subject: Subject) -> Fix:
    title, version = f"Write `{VERSIONS[0]}`", f'"{VERSIONS[0]}"'
    if "Version" in subject.policy.places:
        return Fix(title, subject.policy.places["Version"].value, version, changes_access=True)
    at = subject.text.index("{") + 1
    return Fix(title, Span(at, at), f'"Version": {version}, ', changes_access=True)
