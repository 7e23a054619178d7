"""The policies that take part in a request, each with the name by which results call it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from iamlab.policy import Policy, parse_policy

__all__ = [
    "FULL_ACCESS",
    "FULL_ACCESS_RCP",
    "Attached",
    "Document",
    "Level",
    "Policies",
    "document_policy",
    "document_text",
    "in_place",
    "label_in_place",
]

FULL_ACCESS: Mapping[str, Any] = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"},
}
FULL_ACCESS_RCP: Mapping[str, Any] = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
}
"""What stands beside every RCP (rule R5)."""

Document = str | Mapping[str, Any] | Policy
"""A policy document: JSON text, the same as an object, or a parsed policy."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A policy and where it hangs, as in `identity[0]`, `resource` or `scp[0][1]`."""

    label: str
    policy: Policy


Level = tuple[Attached, ...]
"""The SCPs or RCPs attached at one place: the root, an organizational unit, or the account."""


@dataclass(frozen=True, slots=True)
class Policies:
    """Everything that can have a say, by type.

    `permissions_boundary`, `resource` and `vpc_endpoint` are None where there is none; `scp` and `rcp` are None where
    the account is in no organization (rule E4), else levels from the root to the account. An empty `session` means
    that the session has no session policy.
    """

    identity: tuple[Attached, ...] = ()
    resource: Attached | None = None
    permissions_boundary: Attached | None = None
    session: tuple[Attached, ...] = ()
    scp: tuple[Level, ...] | None = None
    rcp: tuple[Level, ...] | None = None
    vpc_endpoint: Attached | None = None

    @classmethod
    def of(
        cls,
        *,
        identity: Document | Sequence[Document] = (),
        resource: Document | None = None,
        permissions_boundary: Document | None = None,
        session: Document | Sequence[Document] = (),
        scp: Sequence[Document | Sequence[Document]] | None = None,
        rcp: Sequence[Document | Sequence[Document]] | None = None,
        vpc_endpoint: Document | None = None,
        resource_kind: str = "resource",
    ) -> Policies:
        """Gather policies from documents.

        Args:
            identity: one document or several, attached to the principal or to its groups.
            resource: the resource's policy: of the bucket, the key, the role that is asked for.
            permissions_boundary: the principal's.
            session: one document or several, given when the session began.
            scp: levels from the organization's root to the principal's account, each one document or several; None
                for no organization.
            rcp: the same for the resource's account.
            vpc_endpoint: the policy of the endpoint that the request passes.
            resource_kind: `trust` where the resource policy is a role's trust policy.

        Raises:
            PolicyError: where a document is no policy of its kind.
        """
        return cls(
            identity=_attach_all("identity", identity),
            resource=_attach("resource", resource, resource_kind),
            permissions_boundary=_attach("permissions_boundary", permissions_boundary),
            session=_attach_all("session", session),
            scp=_attach_levels("scp", scp),
            rcp=_attach_levels("rcp", rcp),
            vpc_endpoint=_attach("vpc_endpoint", vpc_endpoint),
        )

    def __iter__(self) -> Iterator[Attached]:
        """Yield every policy, types in the order of the evaluation's steps."""
        for levels in (self.rcp, self.scp):
            for level in levels or ():
                yield from level
        yield from (one for one in (self.vpc_endpoint, self.resource) if one)
        yield from self.identity
        yield from (one for one in (self.permissions_boundary,) if one)
        yield from self.session

    def mapped(self, change: Callable[[Attached], Attached]) -> Policies:
        """Return the same with every policy changed by a function; each keeps its place."""

        def one(attached: Attached | None) -> Attached | None:
            return None if attached is None else change(attached)

        def levels(given: tuple[Level, ...] | None) -> tuple[Level, ...] | None:
            return None if given is None else tuple(tuple(map(change, level)) for level in given)

        return Policies(
            identity=tuple(map(change, self.identity)),
            resource=one(self.resource),
            permissions_boundary=one(self.permissions_boundary),
            session=tuple(map(change, self.session)),
            scp=levels(self.scp),
            rcp=levels(self.rcp),
            vpc_endpoint=one(self.vpc_endpoint),
        )


def in_place(policy: Document, kind: str, others: Mapping[str, Any]) -> Policies:
    """Return a policy of some kind among others.

    Args:
        policy: the policy.
        kind: its kind: where among the others it stands.
        others: the others by type, as `Policies.of` takes them; an SCP or RCP becomes a level below theirs.

    Raises:
        PolicyError: where a document is no policy of its kind.
    """
    slot = _slot(kind)
    given: dict[str, Any] = {name: value for name, value in others.items() if value is not None}
    if slot in {"identity", "session"}:
        given[slot] = [policy, *_listed(given.get(slot, ()))]
    elif slot in {"scp", "rcp"}:
        given[slot] = [*given.get(slot, ()), [policy, *([FULL_ACCESS_RCP] if slot == "rcp" else [])]]
    else:
        given[slot] = policy
    return Policies.of(**given, resource_kind=kind if slot == "resource" else "resource")


def label_in_place(kind: str, others: Mapping[str, Any]) -> str:
    """Return the label that a policy has where `in_place` puts it."""
    slot = _slot(kind)
    if slot in {"scp", "rcp"}:
        return f"{slot}[{len(others.get(slot) or ())}][0]"
    return f"{slot}[0]" if slot in {"identity", "session"} else slot


def _slot(kind: str) -> str:
    """The field of `Policies` for a kind: a role's trust policy is the policy of a resource."""
    return "resource" if kind == "trust" else kind


def document_text(document: Document) -> str:
    """Return a document's text; an object's is its JSON with two spaces a level."""
    if isinstance(document, Policy):
        return document.source.text
    return document if isinstance(document, str) else json.dumps(document, indent=2, ensure_ascii=False)


def document_policy(document: Document, kind: str) -> Policy:
    """Return a document as a policy of a kind; a text that was read lately is not read again."""
    if isinstance(document, Policy) and document.kind == kind:
        return document
    return _parsed(document_text(document), kind)


@lru_cache(maxsize=512)
def _parsed(text: str, kind: str) -> Policy:
    return parse_policy(text, kind)


def _attach(label: str, document: Document | None, kind: str = "") -> Attached | None:
    return None if document is None else Attached(label, document_policy(document, kind or label.partition("[")[0]))


def _attach_all(label: str, documents: Document | Sequence[Document]) -> tuple[Attached, ...]:
    kind = label.partition("[")[0]
    return tuple(
        Attached(f"{label}[{i}]", document_policy(document, kind)) for i, document in enumerate(_listed(documents))
    )


def _attach_levels(label: str, levels: Sequence[Document | Sequence[Document]] | None) -> tuple[Level, ...] | None:
    if levels is None:
        return None
    return tuple(_attach_all(f"{label}[{i}]", level) for i, level in enumerate(levels))


def _listed(documents: Document | Sequence[Document]) -> Iterable[Document]:
    return (documents,) if isinstance(documents, str | Mapping | Policy) else documents
