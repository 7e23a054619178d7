"""The kinds of policy, and which elements each takes: section G of the rules, as one table.

Sources: IAM JSON policy grammar (reference_policies_grammar.html) and, for what it leaves open, the pages of the
single elements, Organizations' syntax pages for SCPs and RCPs, and PrivateLink's page on endpoint policies.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["KINDS", "POLICY_ELEMENTS", "STATEMENT_ELEMENTS", "VERSIONS", "Kind", "Take"]

VERSIONS = ("2012-10-17", "2008-10-17")
POLICY_ELEMENTS = ("Version", "Id", "Statement")
STATEMENT_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)


class Take(Enum):
    """How a kind of policy takes an element."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of policy and its grammar.

    `principal` and `resource` say how statements take that pair of elements (the element or its `Not…` twin); `nots`
    lists the `Not…` elements that the kind takes; `is_iam` tells IAM's own documents, with IAM's character set.
    """

    name: str
    label: str
    principal: Take = Take.NEVER
    resource: Take = Take.REQUIRED
    nots: frozenset[str] = frozenset({"NotAction", "NotResource"})
    has_id: bool = False
    is_iam: bool = False
    new_version_only: bool = False

    @property
    def article(self) -> str:
        """The article that the label takes at the start of a sentence."""
        return "An" if self.label[0] in "aeiou" else "A"

    def takes(self, element: str) -> bool:
        """Return whether the kind's policies or statements may have this element."""
        if element.startswith("Not"):
            return element in self.nots
        if element == "Id":
            return self.has_id
        return {"Principal": self.principal, "Resource": self.resource}.get(element) is not Take.NEVER


KINDS = {
    kind.name: kind
    for kind in (
        Kind("identity", "identity-based policy", is_iam=True),
        Kind(
            "resource",
            "resource-based policy",
            principal=Take.REQUIRED,
            resource=Take.OPTIONAL,
            nots=frozenset({"NotPrincipal", "NotAction", "NotResource"}),
            has_id=True,
        ),
        Kind(
            "trust",
            "role trust policy",
            principal=Take.REQUIRED,
            resource=Take.NEVER,
            nots=frozenset({"NotAction"}),
            has_id=True,
            is_iam=True,
        ),
        Kind("permissions_boundary", "permissions boundary", is_iam=True),
        Kind("session", "session policy", is_iam=True),
        Kind("scp", "service control policy", new_version_only=True),
        Kind(
            "rcp",
            "resource control policy",
            principal=Take.REQUIRED,
            nots=frozenset({"NotResource"}),
            new_version_only=True,
        ),
        Kind(
            "vpc_endpoint",
            "VPC endpoint policy",
            principal=Take.REQUIRED,
            nots=frozenset({"NotPrincipal", "NotAction", "NotResource"}),
            has_id=True,
        ),
    )
}
"""Every kind of policy by its name, as command lines and scenario files write it."""
