"""Checks a policy before it runs: findings with places and fixes, in the classes of IAM Access Analyzer."""

from __future__ import annotations

from iamlab.lint.check import Check, Finding, all_checks, check
from iamlab.lint.linter import lint
from iamlab.lint.subject import Subject

__all__ = ["Check", "Finding", "Subject", "all_checks", "check", "lint"]
