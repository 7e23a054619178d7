"""ARNs, and patterns of ARNs as the `Resource` element and the ARN operators read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from iamlab.policy.pattern import Pattern, Tokens, Wildcard, joined
from iamlab.policy.variables import Lookup, Template, cut

__all__ = ["Arn", "arn_condition_matches", "arn_shape", "parse_arn", "resource_template"]

PARTS = 6


class Arn(NamedTuple):
    """An Amazon Resource Name, `arn:partition:service:region:account:resource`."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @property
    def resource_type(self) -> str:
        """The word before the first `/` or `:` of the resource part; empty where there is none.

        >>> parse_arn("arn:aws:sagemaker:eu-west-1:111122223333:model/churn").resource_type
        'model'
        """
        ends = [i for i in (self.resource.find("/"), self.resource.find(":")) if i >= 0]
        return self.resource[: min(ends)] if ends else ""

    @property
    def name(self) -> str:
        """What follows the last `/` of the resource part."""
        return self.resource.rsplit("/", 1)[-1]

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"


def parse_arn(text: str) -> Arn | None:
    """Return the ARN that a text is, or None. The resource part may hold colons of its own (rule M11).

    >>> parse_arn("arn:aws:s3:::ml-training-data-bucket/train.csv").resource
    'ml-training-data-bucket/train.csv'
    """
    parts = text.split(":", PARTS - 1)
    if len(parts) < PARTS or parts[0] != "arn" or not parts[5]:
        return None
    return Arn(*parts[1:])


def resource_template(text: str, *, variables: bool) -> Template:
    """Return the template of one entry of `Resource` or `NotResource`.

    Fewer than six parts are filled up with `*` (rule M13). A `*` that ends a part, and every wildcard of the sixth
    part, may run over colons; any other wildcard stays within its part (M11, M12: the IAM page on Resource; what
    "ends a part" means exactly is not spelled out there). Variables stand after the fifth colon only (V3).
    """
    if text.startswith("arn:"):
        text += ":*" * (PARTS - 1 - text.count(":"))
    head, tail = _split_after_fifth_colon(text)
    return Template.of((*_head_tokens(head), *cut(tail, variables=variables).parts))


def _split_after_fifth_colon(text: str) -> tuple[str, str]:
    pieces = text.split(":", PARTS - 1)
    return (":".join(pieces[:-1]) + ":", pieces[-1]) if len(pieces) == PARTS else ("", text)


def _head_tokens(head: str) -> Iterator[str | Wildcard]:
    if "*" not in head and "?" not in head:
        yield head
        return
    for i, character in enumerate(head):
        if character == "*":
            yield Wildcard.RUN if head[i + 1 : i + 2] == ":" else Wildcard.RUN_IN_PART
        else:
            yield Wildcard.ONE_IN_PART if character == "?" else character


def arn_condition_matches(template: Template, value: str, lookup: Lookup | None) -> bool:
    """Return whether a request's ARN fits a value of an ARN operator.

    Each of the six parts is matched apart, so a wildcard crosses no colon of the first five (rule O27). A bare `*`
    fits every ARN, any other value without six parts fits none; the documentation knows only values of six parts.
    """
    parts = _six(template.tokens(lookup) or ())
    values = value.split(":", PARTS - 1)
    if len(values) < PARTS or values[0] != "arn":
        return False
    if template.parts == (Wildcard.RUN,):
        return True
    return len(parts) == PARTS and all(
        Pattern.of(joined(part)).matches(value) for part, value in zip(parts, values, strict=True)
    )


WITHIN = {Wildcard.RUN: Wildcard.RUN_IN_PART, Wildcard.ONE: Wildcard.ONE_IN_PART}


def arn_shape(tokens: Tokens) -> Tokens | None:
    """Return one pattern of whole ARNs for a value of an ARN operator; None where it fits none.

    It matches what `arn_condition_matches` does: wildcards of the first five parts stay within their part.
    """
    everything: Tokens = ("arn", *(":", Wildcard.RUN) * (PARTS - 1))
    parts = _six(everything if tokens == (Wildcard.RUN,) else tokens)
    if len(parts) != PARTS or not Pattern.of(joined(parts[0])).matches("arn"):
        return None
    head: list[str | Wildcard] = ["arn:"]
    for part in parts[1:5]:
        head += [WITHIN.get(token, token) if isinstance(token, Wildcard) else token for token in part]
        head.append(":")
    return joined((*head, *parts[5]))


def _six(tokens: Tokens) -> list[list[str | Wildcard]]:
    """Cut tokens at their first five colons."""
    parts: list[list[str | Wildcard]] = [[]]
    for token in tokens:
        if isinstance(token, Wildcard):
            parts[-1].append(token)
            continue
        first, *more = token.split(":", PARTS - len(parts))
        parts[-1].append(first)
        parts.extend([piece] for piece in more)
    return parts
