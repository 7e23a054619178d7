"""Checks a policy before it runs: findings with places and fixes, in the classes of IAM Access Analyzer.

>>> from iamlab import lint
>>> statement = '{"Effect": "Deny", "Action": "s3:DeleteBuckets", "Resource": "*"}'
>>> (problem,) = lint('{"Version": "2012-10-17", "Statement": ' + statement + "}")
>>> problem.code, problem.severity, problem.message
('unknown-action', 'error', 'Amazon S3 has no action `s3:DeleteBuckets`.')
"""

from __future__ import annotations

import sys
from types import ModuleType

from iamlab.lint.check import Check, Finding, all_checks, check
from iamlab.lint.linter import lint
from iamlab.lint.subject import Subject
from iamlab.policy import Policy, Problem

__all__ = ["Check", "Finding", "Subject", "all_checks", "check", "lint"]


class _Callable(ModuleType):
    """The package under the name of its function: `iamlab.lint(policy)` is `iamlab.lint.lint(policy)`."""

    def __call__(self, policy: str | Policy, kind: str = "identity") -> tuple[Problem, ...]:
        return lint(policy, kind)


sys.modules[__name__].__class__ = _Callable
