"""The policy does not say its version."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.subject import Subject
from iamlab.policy import Fix, Span
from iamlab.policy.problem import WARNING


@check("missing-version", WARNING)
def missing_version(subject: Subject) -> Iterator[Finding]:
    """The policy does not say its version.

    ## What it finds
    A document without `Version`.

    ## Why it matters
    Without it the policy is read as version 2008-10-17, in which `${aws:username}` and its like are plain text: a
    statement on such a name then matches nothing.

    ## Example
    ```json
    {
      "Statement": {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
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
    In old policies without variables, where nothing changes either way.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    """
    if "Version" not in subject.policy.places:
        text = subject.policy.source.text
        brace = text.index("{")
        variables = "${" in text
        yield Finding(
            Span(brace, brace + 1),
            "The policy has no `Version`, so it is read as 2008-10-17, which knows no policy variables.",
            'Add `"Version": "2012-10-17"`.',
            Fix("Add the version", Span(brace + 1, brace + 1), '"Version": "2012-10-17", ', changes_access=variables),
        )
