"""What `lint` returns, for policies of every kind and for texts that are none."""

import json
import time
from collections.abc import Callable

import pytest

from iamlab.lint import Check, Finding, all_checks, lint
from iamlab.lint.reading_names import NAMES
from iamlab.policy import KINDS, PolicyError, Span, parse_policy
from iamlab.policy.problem import ERROR, SEVERITIES, SUGGESTION, WARNING

READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ml-training-data-bucket/*"}
TRAIN = {
    "Effect": "Allow",
    "Action": ["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob"],
    "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
    "Condition": {"StringEquals": {"aws:RequestTag/team": "vision"}},
}
PASS = {
    "Effect": "Allow",
    "Action": "iam:PassRole",
    "Resource": "arn:aws:iam::111122223333:role/TrainingRole",
    "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
}


def policy(*statements: object) -> str:
    """A document of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_a_good_policy_has_no_findings() -> None:
    """What is right is said nothing about."""
    assert lint(policy(READ)) == ()


def test_text_and_parsed_policy_give_the_same() -> None:
    """A policy may be given as text or parsed."""
    text = policy(READ | {"Sid": ""})
    assert lint(text) == lint(parse_policy(text))
    assert [problem.code for problem in lint(text)] == ["empty-sid-value"]


def test_findings_stand_in_the_order_of_the_text() -> None:
    """Sorted by place, then by code."""
    text = policy({"Sid": "", **READ, "Resource": "arn:aws:S3:::b/*"}, {"Sid": "", **READ})
    spans = [problem.span for problem in lint(text)]
    assert spans == sorted(spans)
    assert len(spans) >= 3


def test_what_cannot_be_read_gives_the_problems_of_reading() -> None:
    """Such a document has errors, each with its place; no check looks at it."""
    text = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:*",}]}'
    assert [problem.code for problem in lint(text)] == ["missing-resource", "invalid-effect", "trailing-comma"]
    assert {problem.severity for problem in lint(text)} == {ERROR}


def test_what_reading_finds_has_access_analyzers_name() -> None:
    """What a problem of reading is called elsewhere, lint calls by the name that Access Analyzer has for it."""
    text = policy(READ | {"Actions": "s3:*"})
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    assert [problem.code for problem in caught.value.problems] == ["unknown-element"]
    assert [problem.code for problem in lint(text)] == ["invalid-policy-element"]
    assert {NAMES[name] for name in NAMES} <= {one.code for one in all_checks() if one.is_reading}
    assert not set(NAMES) & {one.code for one in all_checks()}


def test_the_kind_decides() -> None:
    """The same text is another policy as another kind; a check looks at its own kinds only."""
    trust = policy({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"})
    code = "role-trust-policy-unsupported-wildcard-in-principal"
    assert code in {problem.code for problem in lint(trust, "trust")}
    assert code not in {problem.code for problem in lint(trust, "resource")}
    assert "unsupported-principal" in {problem.code for problem in lint(trust, "identity")}


def test_unknown_kind() -> None:
    """A kind that does not exist is the caller's mistake."""
    with pytest.raises(ValueError, match="no kind of policy"):
        lint(policy(READ), "bucket")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_checks(kind: str) -> None:
    """Each kind of policy is looked at by many checks."""
    assert len([one for one in all_checks() if kind in one.kinds and not one.is_reading]) > 20


def test_checks_are_sorted_and_enter_themselves_once() -> None:
    """All checks, by code; asking again gives the same."""
    codes = [one.code for one in all_checks()]
    assert codes == sorted(set(codes))
    assert all_checks() is all_checks()
    assert {one.severity for one in all_checks()} == set(SEVERITIES)


def test_a_finding_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """The problem has the check's code and class, and the first address of its page."""
    page = "A policy begins.\n\n## References\n- https://docs.aws.amazon.com/one.html\n- https://docs.aws.amazon.com/two.html"
    made = Finding(Span(0, 1), "It begins.", "So be it.")
    begins = Check("begins", WARNING, frozenset(KINDS), lambda subject: [made], page)
    monkeypatch.setattr("iamlab.lint.linter.all_checks", lambda: (begins,))
    (problem,) = lint(policy(READ))
    assert (problem.code, problem.severity, problem.span) == ("begins", WARNING, made.at)
    assert (problem.message, problem.help) == ("It begins.", "So be it.")
    assert problem.reference == "https://docs.aws.amazon.com/one.html"
    assert begins.title == "A policy begins."


def test_fixes_of_suggestions_say_whether_they_change_access() -> None:
    """Removing what is redundant changes nothing; removing a private address may."""
    text = policy(
        READ
        | {
            "Action": ["s3:GetObject", "s3:GetObject"],
            "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}},
        }
    )
    fixes = {problem.code: problem.fix for problem in lint(text) if problem.severity == SUGGESTION}
    assert {code: fix.changes_access for code, fix in fixes.items() if fix} == {
        "redundant-action": False,
        "private-ip-address-subset": True,
    }


def quickest(run: Callable[[], object]) -> float:
    """Seconds that the quickest of several runs takes."""
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def test_three_statements_are_checked_while_typing() -> None:
    """Reading and checking a policy of three statements takes under 5 ms once the catalogue is read."""
    text = policy(READ, TRAIN, PASS)
    lint(text)
    assert quickest(lambda: lint(text)) < 0.005
