"""The policy language: from a JSON text to statements in which everything knows its place. Floor 0.

The way in is `parse_policy`. Everything that can be wrong with a text is a `Problem`.
"""

from iamlab.policy.arn import Arn, parse_arn
from iamlab.policy.document import Policy, format_policy, parse_policy
from iamlab.policy.kinds import KINDS, POLICY_ELEMENTS, STATEMENT_ELEMENTS, Kind
from iamlab.policy.operators import OPERATORS, Operator, read_operator
from iamlab.policy.pattern import Pattern, wildcards
from iamlab.policy.problem import Fix, PolicyError, Problem
from iamlab.policy.source import Place, Source, Span
from iamlab.policy.statement import Statement

__all__ = [
    "KINDS",
    "OPERATORS",
    "POLICY_ELEMENTS",
    "STATEMENT_ELEMENTS",
    "Arn",
    "Fix",
    "Kind",
    "Operator",
    "Pattern",
    "Place",
    "Policy",
    "PolicyError",
    "Problem",
    "Source",
    "Span",
    "Statement",
    "format_policy",
    "parse_arn",
    "parse_policy",
    "read_operator",
    "wildcards",
]
