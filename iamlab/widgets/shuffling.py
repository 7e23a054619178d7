"""Statements in another order, which decides nothing: that is what is shown by it."""

from __future__ import annotations

from random import Random

from iamlab.policy import Policy

__all__ = ["shuffled"]


def shuffled(policy: Policy, random: Random) -> str:
    """Return a policy's text with its statements in another order, each as it was written.

    >>> from iamlab.policy import parse_policy
    >>> text = '{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}]}'
    >>> shuffled(parse_policy(text), Random(1)) == text
    True
    """
    text, spans = policy.source.text, [statement.span for statement in policy.statements]
    order = list(range(len(spans)))
    while len(order) > 1 and order == sorted(order):
        random.shuffle(order)
    for place, number in reversed(list(zip(spans, order, strict=True))):
        moved = policy.source.text[spans[number].start : spans[number].end]
        text = text[: place.start] + moved + text[place.end :]
    return text
