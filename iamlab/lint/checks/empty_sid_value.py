"""A Sid is empty."""

from __future__ import annotations

from collections.abc import Iterator

from iamlab.lint.check import Finding, check
from iamlab.lint.edits import removal
from iamlab.lint.subject import Subject
from iamlab.policy import Span
from iamlab.policy.problem import SUGGESTION


@check("empty-sid-value", SUGGESTION)
def empty_sid_value(subject: Subject) -> Iterator[Finding]:
    """A Sid is empty.

    ## What it finds
    `"Sid": ""`. The console writes it into the trust policies that it makes.

    ## Why it matters
    A name that says nothing can go. A short one helps whoever reads in a log which statement decided.

    ## Example
    ```json
    {
      "Version": "2012-10-17",
      "Statement": {
        "Sid": "",
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
        "Sid": "ReadTrainingData",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
      }
    }
    ```

    ## When it is fine
    It does no harm.

    ## References
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    - https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    for statement in subject.statements:
        if statement.sid == "":
            place = statement.places["Sid"]
            fix = removal(subject.text, Span(place.name.start, place.value.end), "Remove the Sid")
            yield Finding(place.value, "This Sid is empty.", "Give the statement a name, or remove the element.", fix)
