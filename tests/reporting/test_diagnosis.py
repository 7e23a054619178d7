"""How an explained refusal looks."""

import pytest

from iamlab.diagnosis import explain_denial
from iamlab.reporting.diagnosis import denial_data, denial_text, denial_verdict

FRAME = (
    "User: arn:aws:sts::111122223333:assumed-role/TrainingRole/job is not authorized to perform: s3:PutObject on "
    "resource: arn:aws:s3:::ml-training-data-bucket/model.tar.gz"
)


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (
            "because no permissions boundary allows the s3:PutObject action",
            "Implicit deny, decided by permissions boundary: no permissions boundary allows `s3:PutObject`.",
        ),
        (
            "with an explicit deny in a VPC endpoint policy",
            "Explicit deny, decided by deny evaluation: a statement with `Deny` in a VPC endpoint policy matches.",
        ),
        ("", "Not allowed; the message does not tell by which step."),
    ],
)
def test_verdicts(reason: str, verdict: str) -> None:
    """The first line names the decision and the step, as far as they are told."""
    assert denial_verdict(explain_denial(f"{FRAME} {reason}")) == verdict


def test_text_whole() -> None:
    """A whole text: the verdict, the request, what to look at, the statement."""
    text = denial_text(explain_denial(f"{FRAME} because no session policy allows the s3:PutObject action"))
    assert text.splitlines() == [
        "Implicit deny, decided by session policies: no session policy allows `s3:PutObject`.",
        "  Principal  arn:aws:sts::111122223333:assumed-role/TrainingRole/job",
        "  Action     s3:PutObject",
        "  Resource   arn:aws:s3:::ml-training-data-bucket/model.tar.gz",
        "",
        "Look at",
        "  1. The session policy that was passed when the session of the role `TrainingRole` began: what it does not "
        "allow, the role's own policies cannot give. Whoever starts the session can pass another.",
        "  2. The role `TrainingRole`: the call was made in a session of it, not by a user.",
        "",
        "A statement that allows it, for a session policy:",
        "{",
        '  "Effect": "Allow",',
        '  "Action": "s3:PutObject",',
        '  "Resource": "arn:aws:s3:::ml-training-data-bucket/model.tar.gz"',
        "}",
    ]


def test_further_actions_in_data() -> None:
    """Data hold the actions that the call may need besides."""
    text = "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied"
    further = denial_data(explain_denial(text))["further"]
    assert {"action": "kms:Decrypt", "when": "the object is encrypted under a KMS key", "instead": False} in further


def test_names_to_fill_in() -> None:
    """Where the resource is not told, the draft has its form, and the text says so."""
    text = denial_text(explain_denial("An error occurred (403) when calling the HeadObject operation: Forbidden"))
    assert '"Resource": "arn:aws:s3:::BUCKET/OBJECT"' in text
    assert text.endswith("What stands in capitals is to be filled in.")
