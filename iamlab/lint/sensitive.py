"""Condition keys whose values should be exact: rule K28."""

from __future__ import annotations

__all__ = ["SENSITIVE"]

SENSITIVE = frozenset(
    {
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
    }
)
"""Keys that hold an account, an organization, a VPC or a VPC endpoint, in lower case.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
