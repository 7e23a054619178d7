"""How `Principal` and `NotPrincipal` are read (rules G27, P1–P16; reference_policies_elements_principal.html)."""

from __future__ import annotations

import re

from iamlab.policy.arn import parse_arn
from iamlab.policy.checker import Checker
from iamlab.policy.names import or_list
from iamlab.policy.nodes import Member, Object, String
from iamlab.policy.problem import Fix
from iamlab.policy.statement import PrincipalElement, PrincipalEntry

__all__ = ["PRINCIPAL_TYPES", "read_principal"]

PRINCIPAL_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")
PAGE = "elements_principal"
ACCOUNT = re.compile(r"\d{12}", re.ASCII)
UNIQUE_ID = re.compile(r"A[A-Z0-9]{15,127}", re.ASCII)


def read_principal(member: Member, checker: Checker) -> PrincipalElement:
    """Read `"*"` or an object of principal types."""
    name, node = member.key.value, member.value
    entries = list[PrincipalEntry]()
    if isinstance(node, Object):
        types = checker.known_members(node, f"{name} element", PRINCIPAL_TYPES, "invalid-principal-key")
        for type, typed in types.items():
            entries += _read_type(type, typed, checker)
    elif isinstance(node, String):
        entries += _read_bare(name, node, checker)
    else:
        checker.wrong_type(f"`{name}`", node, '`"*"`, or an object such as `{"AWS": "…"}`', PAGE)
    if checker.kind.name == "rcp" and not all(entry.is_everyone for entry in entries):
        help = "Name whom it means by a condition on `aws:PrincipalArn`."
        checker.note(
            "rcp-syntax-error-principal", node.span, 'In a resource control policy Principal is `"*"`.', help, PAGE
        )
    return PrincipalElement(name, tuple(entries), node.span)


def _read_bare(name: str, node: String, checker: Checker) -> list[PrincipalEntry]:
    if node.value == "*":
        return [PrincipalEntry("AWS", "*", node.span)]
    type = "Service" if node.value.endswith(".amazonaws.com") else "AWS"
    right = f'{{"{type}": "{node.value}"}}'
    fix = Fix(f"Name the type: `{type}`", node.span, right) if _safe(node.value) else None
    message = f"`{node.value[:60]}` stands without its type."
    checker.note("invalid-principal-format", node.span, message, f"Write `{right[:80]}`." if fix else "", PAGE, fix)
    return []


def _safe(text: str) -> bool:
    return bool(re.fullmatch(r"[\w:/.+=,@*-]{1,200}", text))


def _read_type(type: str, member: Member, checker: Checker) -> list[PrincipalEntry]:
    nodes = checker.strings(f"`{type}`", member.value, PAGE)
    for node in nodes:
        _check_principal(type, node, checker)
    return [PrincipalEntry(type, node.value, node.span) for node in nodes]


def _check_principal(type: str, node: String, checker: Checker) -> None:
    text = node.value
    if type == "AWS" and text == "*":
        return
    if "*" in text or "?" in text:
        help = (
            'Write `"*"` and narrow it by a condition on `aws:PrincipalArn`; a role\'s own ARN covers all its sessions.'
        )
        message = f"In `{text[:80]}` the wildcard stands for itself: principals are no patterns."
        checker.note("unsupported-wildcard-in-principal", node.span, message, help, PAGE)
    elif type == "AWS":
        _check_aws(node, checker)
    elif type == "Service" and "." not in text:
        checker.note(
            "invalid-service-principal-format",
            node.span,
            f"`{text[:60]}` is no service.",
            "Write as in `sagemaker.amazonaws.com`.",
            PAGE,
        )


def _check_aws(node: String, checker: Checker) -> None:
    text, arn = node.value, parse_arn(node.value)
    if arn and arn.service == "iam" and arn.resource.startswith("group/"):
        message = "A group never makes a request, so it is no principal."
        checker.note("group-as-principal", node.span, message, "Name the role, or the users.", PAGE)
    elif not (ACCOUNT.fullmatch(text) or UNIQUE_ID.fullmatch(text) or (arn and arn.service in {"iam", "sts"})):
        forms = or_list(["111122223333", "arn:aws:iam::111122223333:role/TrainingRole"])
        message = f"`{text[:80]}` is no principal." if text else "`Principal` names nobody yet."
        checker.note("invalid-principal-format", node.span, message, f"Write as in {forms}.", PAGE)
