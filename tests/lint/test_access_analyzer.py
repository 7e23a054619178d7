"""Every error and suggestion of IAM Access Analyzer has its check here, or a reason why not.

Names: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html. A code is the
issue code there in kebab case. `OTHERWISE` lists names whose findings the kit gives under other codes, `MILDER` those
that are warnings here, `NOT_HERE` those that it does not find, each with the reason.
"""

import pytest

from iamlab.lint import all_checks
from iamlab.policy.problem import ERROR, SECURITY_WARNING, SUGGESTION, WARNING

ERRORS = frozenset(
    word
    for line in (
        "arn-account-not-allowed arn-region-not-allowed data-type-mismatch duplicate-keys-with-different-case",
        "invalid-action invalid-arn-account invalid-arn-prefix invalid-arn-region invalid-arn-resource",
        "invalid-arn-service-case invalid-condition-data-type invalid-condition-key-format",
        "invalid-condition-multiple-boolean invalid-condition-operator invalid-effect invalid-global-condition-key",
        "invalid-partition invalid-policy-element invalid-principal-format invalid-principal-key invalid-region",
        "invalid-service invalid-service-condition-key invalid-service-in-action invalid-variable-for-operator",
        "invalid-version json-syntax-error missing-action missing-arn-field missing-arn-region missing-effect",
        "missing-principal missing-qualifier missing-resource missing-statement null-with-if-exists",
        "scp-syntax-error-action-wildcard scp-syntax-error-principal unique-sids-required",
        "unsupported-element-combination unsupported-global-condition-key unsupported-principal unsupported-sid",
        "unsupported-wildcard-in-principal missing-brace-in-variable missing-quote-in-variable",
        "unsupported-space-in-variable empty-variable variable-unsupported-in-element variable-unsupported-in-version",
        "private-ip-address private-not-ip-address policy-size-exceeds-scp-quota invalid-service-principal-format",
        "missing-tag-key-in-condition invalid-vpc-format invalid-vpce-format federated-principal-not-supported",
        "unsupported-action-for-condition-key unsupported-action-in-policy unsupported-resource-arn-in-policy",
        "unsupported-condition-key-for-service-principal role-trust-policy-syntax-error-notprincipal",
        "role-trust-policy-unsupported-wildcard-in-principal role-trust-policy-syntax-error-resource",
        "type-mismatch-ip-range missing-action-for-condition-key",
        "invalid-federated-principal-syntax-in-role-trust-policy mismatched-action-for-principal",
        "missing-action-for-roles-anywhere-trust-policy policy-size-exceeds-rcp-quota rcp-syntax-error-principal",
        "rcp-syntax-error-allow rcp-syntax-error-notaction rcp-syntax-error-action missing-arn-account",
        "invalid-kms-key-value variable-usage-too-permissive wildcard-usage-too-permissive",
    )
    for word in line.split()
)
SUGGESTIONS = frozenset(
    word
    for line in (
        "empty-array-action empty-array-condition empty-array-condition-forallvalues empty-array-condition-foranyvalue",
        "empty-array-condition-ifexists empty-array-principal empty-array-resource empty-object-condition",
        "empty-object-principal empty-sid-value improve-ip-range null-with-qualifier private-ip-address-subset",
        "private-not-ip-address-subset redundant-action redundant-condition-value-num redundant-resource",
        "redundant-statement wildcard-in-service-name allow-with-unsupported-tag-condition-key-for-service",
        "allow-notaction-with-unsupported-tag-condition-key-for-service recommended-condition-key-for-service-principal",
        "irrelevant-condition-key-in-policy redundant-key-due-to-wildcard-in-condition",
        "redundant-principal-in-role-trust-policy redundant-statement-due-to-wildcard-in-condition",
        "confirm-audience-claim-type",
    )
    for word in line.split()
)

OTHERWISE = {
    "json-syntax-error": (
        "comment control-character duplicate-key empty-document invalid-escape mismatched-bracket missing-colon "
        "missing-comma missing-quotes single-quotes smart-quotes text-after-end trailing-comma unclosed unclosed-string "
        "unexpected-text unknown-literal",
        "Access Analyzer says that the JSON is wrong; the kit says what is wrong in it.",
    ),
    "invalid-service-in-action": ("unknown-service", "The catalogue is not complete: what is near a name is an error."),
    "unsupported-action-for-condition-key": (
        "condition-key-that-one-action-does-not-carry",
        "The catalogue is not complete, and AWS's own managed policies have such conditions.",
    ),
    "missing-action-for-condition-key": (
        "condition-key-that-no-action-carries",
        "The catalogue is not complete, and AWS's own managed policies have such conditions.",
    ),
}
MILDER = {
    "missing-qualifier": "AWS's own managed policies have it, and an error should mean that a part does not work.",
    "invalid-arn-resource": "The catalogue lacks shapes of ARNs that AWS's own managed policies have.",
}
NOT_HERE = {
    "scp-syntax-error-action-wildcard": "Since September 2025 SCPs take wildcards anywhere (rule S9).",
}
NEWER = {
    # code: class, and where the name was seen
    "restrict-access-to-service-principal": (
        SECURITY_WARNING,
        "AWS's documentation links to …access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-"
        "checks-security-warning-restrict-access-to-service-principal.",
    ),
    "specific-github-repo-and-branch-recommended": (
        WARNING,
        "Public repositories link to …#access-analyzer-reference-policy-checks-general-warning-specific-github-repo-"
        "and-branch-recommended, and quote it as a WARNING of ValidatePolicy.",
    ),
    "string-like-operator-with-arn-condition-keys": (
        SECURITY_WARNING,
        "A public repository quotes it as a finding of ValidatePolicy, of a class that it does not tell.",
    ),
    "missing-condition-key-for-oidc-principal": (SECURITY_WARNING, ""),
    "missing-github-repo-condition-key": (SECURITY_WARNING, ""),
    "missing-paired-condition-keys": (SECURITY_WARNING, ""),
    "rcp-missing-related-principal-condition-keys": (WARNING, ""),
    "rcp-missing-related-service-principal-condition-keys": (WARNING, ""),
    "rcp-missing-service-condition-key-null-check": (WARNING, ""),
}
"""Names of warnings that the page as it could be read (2023) lacks. Where nothing is said, none of the pages and
repositories that were searched has the name: it is as it was remembered, and what the check finds stands by itself."""

CHECKS = {check.code: check for check in all_checks()}


@pytest.mark.parametrize("code", sorted(ERRORS | SUGGESTIONS))
def test_name_is_there_or_has_a_reason(code: str) -> None:
    """Each name is a check's code, or the table says which codes stand for it, or why there is none."""
    if code in NOT_HERE:
        assert code not in CHECKS
        assert NOT_HERE[code].endswith(".")
    elif code in OTHERWISE:
        codes, why = OTHERWISE[code]
        assert [other for other in codes.split() if other not in CHECKS] == []
        assert code not in CHECKS
        assert why.endswith(".")
    else:
        assert code in CHECKS


@pytest.mark.parametrize(
    ("codes", "severity"), [(ERRORS, ERROR), (SUGGESTIONS, SUGGESTION)], ids=["errors", "suggestions"]
)
def test_class_is_access_analyzers(codes: frozenset[str], severity: str) -> None:
    """A check has Access Analyzer's class, unless the table says why it is milder here."""
    others = {code for code in codes if code in CHECKS and CHECKS[code].severity != severity}
    assert others <= set(MILDER)
    assert {CHECKS[code].severity for code in others} <= {WARNING}


def test_names_are_told_once() -> None:
    """No name is of two classes, and the lists of exceptions know only names."""
    assert ERRORS.isdisjoint(SUGGESTIONS)
    assert {*OTHERWISE, *MILDER, *NOT_HERE} <= ERRORS | SUGGESTIONS


def test_other_classes_have_checks_too() -> None:
    """Access Analyzer's security warnings and general warnings have theirs."""
    for severity in (SECURITY_WARNING, WARNING):
        assert len([check for check in all_checks() if check.severity == severity]) >= 10


@pytest.mark.parametrize("code", sorted(NEWER))
def test_newer_names(code: str) -> None:
    """A name that the page lacks has its check, in the class that is told, and is not among those that it has."""
    severity, seen = NEWER[code]
    assert CHECKS[code].severity == severity
    assert code not in ERRORS | SUGGESTIONS
    assert not seen or seen.endswith(".")
