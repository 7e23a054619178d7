"""Policies of any length for the benchmarks."""

import json

IN_ONE = 50
"""Statements in one policy at most; AWS's own limit on a policy's length lies lower."""


def policy_text(statements: int, first: int = 0) -> str:
    """A policy of so many statements as people write them: two actions, a bucket each, and a condition."""
    numbers = range(first, first + statements)
    return json.dumps({"Version": "2012-10-17", "Statement": [statement(number) for number in numbers]}, indent=2)


def policy_texts(statements: int) -> list[str]:
    """So many statements in policies of fifty at most."""
    return [policy_text(min(IN_ONE, statements - first), first) for first in range(0, statements, IN_ONE)]


def statement(number: int) -> dict[str, object]:
    """One statement; each is about a bucket of its own."""
    return {
        "Sid": f"ReadAndWriteBucket{number}",
        "Effect": "Allow",
        "Action": ["s3:GetObject*", "s3:PutObject"],
        "Resource": [f"arn:aws:s3:::bucket-{number}/*", f"arn:aws:s3:::archive-{number}/*/{number}-??.csv"],
        "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}},
    }
