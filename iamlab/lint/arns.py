"""The ARNs of `Resource` and `NotResource` cut into their parts, and the shapes of the catalogue that they can mean.

Shapes come from the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from iamlab.aws.catalogue import resource_types, services
from iamlab.lint.subject import Subject
from iamlab.policy import Fix, Span, Statement
from iamlab.policy.statement import ResourceEntry

__all__ = ["ACCOUNT", "OPEN", "PARTITIONS", "REGION", "Shape", "WrittenArn", "arns", "shapes", "shapes_meant"]

PARTS = ("arn", "partition", "service", "region", "account", "resource")
PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f")
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, and the partitions of AWS's SDKs."""
REGION = re.compile(
    r"[a-z]{2}(?:[a-z]{2})?(?:-[a-z]{2,5})?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d"
)
"""How Regions are named: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`."""
ACCOUNT = re.compile(r"\d{12}", re.ASCII)
OPEN = re.compile(r"[*?]|\$\{")
"""Where a pattern begins to be open."""


class Shape(NamedTuple):
    """A resource type's ARN: whether it has a Region and an account, and its sixth part."""

    has_region: bool
    has_account: bool
    resource: str

    @property
    def start(self) -> str:
        """What every resource part of this shape begins with."""
        return self.resource.partition("${")[0]


@dataclass(frozen=True, slots=True)
class WrittenArn:
    """An entry of `Resource` that has all six parts; a part is the text between two colons, wildcards and all."""

    entry: ResourceEntry
    partition: str
    service: str
    region: str
    account: str
    resource: str

    def place(self, part: str) -> Span:
        """Return where a part stands; an empty one, or one in a text with escapes, as the whole entry."""
        texts = ("arn", self.partition, self.service, self.region, self.account, self.resource)
        number = PARTS.index(part)
        span = self.entry.span
        if not texts[number] or span.end - span.start != len(self.entry.text) + 2:
            return span
        start = span.start + 1 + sum(len(text) + 1 for text in texts[:number])
        return Span(start, start + len(texts[number]))

    def rewritten(self, title: str, **parts: str) -> Fix:
        """Return the fix that writes parts otherwise; what then is matched is another thing."""
        texts = {name: getattr(self, name) for name in PARTS[1:]} | parts
        text = ":".join(["arn", *texts.values()])
        return Fix(title, self.entry.span, json.dumps(text, ensure_ascii=False), changes_access=True)

    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes of its service that its resource part can have; none where the service is not known."""
        return shapes_meant(self.service, self.resource)


def arns(subject: Subject) -> Iterator[tuple[Statement, WrittenArn]]:
    """Yield every entry of `Resource` and `NotResource` that has six parts, with its statement.

    An entry with a policy variable in one of its first five parts is left out: the variable's own colon cuts it.
    """
    for statement in subject.statements:
        for entry in statement.resource.entries if statement.resource else ():
            parts = entry.text.split(":", len(PARTS) - 1)
            if len(parts) == len(PARTS) and parts[0] == "arn" and not any("${" in part for part in parts[1:5]):
                yield statement, WrittenArn(entry, *parts[1:])


@lru_cache(maxsize=8192)
def shapes_meant(service: str, resource: str) -> tuple[Shape, ...]:
    """Return the shapes of a service that a pattern of a resource part can mean, by what both begin with.

    >>> [shape.resource for shape in shapes_meant("sagemaker", "model/churn")]
    ['model/${ModelName}']
    """
    start = OPEN.split(resource, maxsplit=1)[0]
    known = shapes().get(service, ())
    return tuple(shape for shape in known if shape.start.startswith(start) or start.startswith(shape.start))


@cache
def shapes() -> dict[str, tuple[Shape, ...]]:
    """Return all shapes of the catalogue by the service in their ARN."""
    found: dict[str, list[Shape]] = {}
    for prefix in services():
        for kind in resource_types(prefix).values():
            for arn in kind.arn.split(", "):
                parts = arn.split(":", len(PARTS) - 1)
                if len(parts) == len(PARTS):
                    found.setdefault(parts[2], []).append(Shape(bool(parts[3]), bool(parts[4]), parts[5]))
    return {service: tuple(of_service) for service, of_service in found.items()}
