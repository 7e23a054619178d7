"""AWS's own managed policies have no errors.

A check of the class error says that a part of a policy does not work. Where one of AWS's managed policies seems to have
such a part, either the check is wrong, or the catalogue lacks what AWS has; in both cases it is no error.
"""

import time

import pytest

from iamlab.aws.managed import describe_managed_policy, managed_policies
from iamlab.lint import lint
from iamlab.policy import Policy, parse_policy
from iamlab.policy.problem import ERROR

SECONDS = 60


@pytest.fixture(scope="module")
def documents() -> dict[str, Policy]:
    """Every AWS managed policy, parsed."""
    return {name: parse_policy(describe_managed_policy(name).text) for name in managed_policies()}


@pytest.mark.slow
def test_no_managed_policy_has_an_error_and_all_are_checked_in_a_minute(documents: dict[str, Policy]) -> None:
    """There is no finding of the class error in any of some 1,500 documents; checking all takes under a minute."""
    assert len(documents) > 1_500
    begun = time.process_time()
    errors = [
        (name, problem.code, document.source.text[problem.span.start : problem.span.end])
        for name, document in documents.items()
        for problem in lint(document)
        if problem.severity == ERROR
    ]
    assert errors == []
    assert time.process_time() - begun < SECONDS
