"""From a policy's text to a `Policy`: the one way in.

>>> policy = parse_policy('{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}')
>>> policy.statements[0].action.entries[0].text
's3:GetObject'
>>> policy.source.position(policy.statements[0].span.start)
(1, 15)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from iamlab.policy.checker import Checker
from iamlab.policy.elements import read_action, read_condition, read_effect, read_resource, read_sid
from iamlab.policy.kinds import KINDS, POLICY_ELEMENTS, STATEMENT_ELEMENTS, VERSIONS, Take
from iamlab.policy.names import or_list
from iamlab.policy.nodes import Array, Member, Node, Object, String, written
from iamlab.policy.principals import read_principal
from iamlab.policy.problem import Fix, PolicyError
from iamlab.policy.reader import read_json
from iamlab.policy.source import Source, Span
from iamlab.policy.statement import Placed, Statement

__all__ = ["Policy", "format_policy", "parse_policy"]

FOREIGN = re.compile("[^\t\n\r\x20-\xff]")
MAX_STATEMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: its statements, and the text in which they stand."""

    kind: str
    version: str
    statements: tuple[Statement, ...]
    id: str | None = None
    source: Source = field(default=Source(""), compare=False, repr=False)
    places: Mapping[str, Placed] = field(default_factory=dict, compare=False, repr=False)
    """Where `Version`, `Id` and `Statement` stand."""


def parse_policy(text: str, kind: str = "identity") -> Policy:
    """Read a policy document.

    Args:
        text: the JSON text.
        kind: one of `KINDS`: `identity`, `resource`, `trust`, `permissions_boundary`, `session`, `scp`, `rcp` or
            `vpc_endpoint`. It decides which elements the document may have (section G of the rules).

    Raises:
        PolicyError: with every problem that was found, each at the narrowest span that is wrong.
        ValueError: where the kind is none of these.
    """
    if kind not in KINDS:
        raise ValueError(f"`{kind}` is no kind of policy; the kinds are {or_list(KINDS)}.")
    source = Source(text)
    node, problems = read_json(text)
    checker = Checker(KINDS[kind], problems=list(problems))
    policy = _read_policy(node, source, checker) if node is not None else None
    if checker.problems or policy is None:
        raise PolicyError(checker.problems, source)
    return policy


def format_policy(text: str) -> str:
    """Return a document's JSON laid out, two spaces a level; its elements keep their order.

    Raises:
        PolicyError: where the text is no JSON. A policy with mistakes of other kinds is laid out all the same.
    """
    node, problems = read_json(text)
    broken = [problem for problem in problems if problem.code != "duplicate-key"]
    if node is None or broken:
        raise PolicyError(problems, Source(text))
    return written(node)


def _read_policy(node: Node, source: Source, checker: Checker) -> Policy | None:
    _check_characters(source.text, checker)
    if not isinstance(node, Object):
        checker.wrong_type("A policy", node, "an object: `{…}`", "grammar")
        return None
    members = checker.known_members(node, "Policy", POLICY_ELEMENTS)
    version = _read_version(members.get("Version"), checker)
    checker.variables = version == VERSIONS[0]
    id = _read_id(members.get("Id"), checker)
    if "Statement" not in members:
        help = 'Add `"Statement": [ … ]`, a list of what is allowed and denied.'
        checker.note("missing-statement", _opening(node), "The policy has no `Statement`.", help, "elements_statement")
        return None
    statements = _read_statements(members["Statement"].value, checker)
    return Policy(checker.kind.name, version, statements, id, source, _places(members))


def _opening(node: Object) -> Span:
    """The opening bracket: where something that is missing is reported."""
    return Span(node.span.start, node.span.start + 1)


def _check_characters(text: str, checker: Checker) -> None:
    """IAM's own policies hold only tab, line breaks and U+0020–U+00FF (rule G28)."""
    if checker.kind.is_iam and not text.isascii() and (match := FOREIGN.search(text)):
        message = f"IAM takes no `{match.group()}` in a policy."
        help = f"U+{ord(match.group()):04X} is outside the characters U+0020 to U+00FF."
        checker.note(
            "invalid-character",
            Span(*match.span()),
            message,
            help,
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        )


def _read_version(member: Member | None, checker: Checker) -> str:
    """No Version means 2008-10-17 (rule G3)."""
    if member is None:
        return VERSIONS[1]
    known = VERSIONS[:1] if checker.kind.new_version_only else VERSIONS
    node = member.value
    if isinstance(node, String) and node.value in known:
        return node.value
    fix = Fix(f"Write `{VERSIONS[0]}`", node.span, f'"{VERSIONS[0]}"')
    shown = node.value[:60] if isinstance(node, String) else "this"
    help = f"Write `{VERSIONS[0]}`. It is the version of the policy language, not of the policy."
    checker.note(
        "invalid-version",
        node.span,
        f"`{shown}` is no version of the policy language.",
        help,
        "elements_version",
        fix,
    )
    return VERSIONS[0]


def _read_id(member: Member | None, checker: Checker) -> str | None:
    if member is None:
        return None
    if not checker.kind.has_id:
        message = f"{checker.kind.article} {checker.kind.label} takes no `Id`."
        checker.note(
            "element-not-taken",
            member.key.span,
            message,
            "Remove it; statements may have a `Sid`.",
            "elements_id",
        )
    if not isinstance(member.value, String):
        checker.wrong_type("`Id`", member.value, "a string", "elements_id")
        return None
    return member.value.value


def _read_statements(node: Node, checker: Checker) -> tuple[Statement, ...]:
    items = node.items if isinstance(node, Array) else (node,)
    statements = list[Statement]()
    for index, item in enumerate(items[:MAX_STATEMENTS]):
        if isinstance(item, Object):
            statement = _read_statement(index, item, checker)
            statements += [statement] if statement else []
        else:
            checker.wrong_type("A statement", item, "an object: `{…}`", "elements_statement")
    if len(items) > MAX_STATEMENTS:
        message = f"The policy has {len(items):,} statements; at most {MAX_STATEMENTS:,} are read."
        checker.note("document-too-large", items[MAX_STATEMENTS].span, message)
    _check_sids(items, checker)
    return tuple(statements)


def _check_sids(items: tuple[Node, ...], checker: Checker) -> None:
    """Sids differ within one of IAM's policies (rule G20)."""
    seen = set[str]()
    for item in items if checker.kind.is_iam else ():
        for member in item.members if isinstance(item, Object) else ():
            node = member.value
            if member.key.value != "Sid" or not isinstance(node, String) or not node.value:
                continue
            if node.value in seen:
                message = f"The Sid `{node.value[:60]}` is taken by an earlier statement."
                checker.note(
                    "unique-sids-required",
                    node.span,
                    message,
                    "Give each statement its own, or none.",
                    "elements_sid",
                )
            seen.add(node.value)


def _read_statement(index: int, node: Object, checker: Checker) -> Statement | None:
    members = checker.known_members(node, "Statement", STATEMENT_ELEMENTS)
    for name, member in members.items():
        if not checker.kind.takes(name):
            _not_taken(member, checker)
    effect = (
        read_effect(members["Effect"], checker) if _has(node, members, ("Effect",), Take.REQUIRED, checker) else None
    )
    action = _one_of(node, members, "Action", Take.REQUIRED, checker)
    resource = _one_of(node, members, "Resource", checker.kind.resource, checker)
    principal = _one_of(node, members, "Principal", checker.kind.principal, checker)
    condition = members.get("Condition")
    sid = members.get("Sid")
    read = (
        read_action(action, checker) if action else None,
        read_resource(resource, checker) if resource else None,
        read_principal(principal, checker) if principal else None,
        read_condition(condition, checker) if condition else (),
        read_sid(sid, checker) if sid else None,
    )
    _check_pairs(members, effect, checker)
    if effect is None or read[0] is None:
        return None
    return Statement(index, effect, read[0], *read[1:], node.span, _places(members))


def _places(members: dict[str, Member]) -> dict[str, Placed]:
    return {name: Placed(member.key.span, member.value.span) for name, member in members.items()}


def _not_taken(member: Member, checker: Checker) -> None:
    name = member.key.value
    code, why = NOT_TAKEN.get((checker.kind.name, name)) or NOT_TAKEN[("", name)]
    message = f"{checker.kind.article} {checker.kind.label} takes no `{name}`."
    checker.note(code, member.key.span, message, why, f"elements_{name.lower()}")


def _has(node: Object, members: dict[str, Member], names: tuple[str, ...], take: Take, checker: Checker) -> bool:
    if any(name in members for name in names):
        return True
    if take is Take.REQUIRED:
        taken = [name for name in names if checker.kind.takes(name)]
        message = f"This statement has no {or_list(taken)}."
        name = names[0].lower()
        checker.note(f"missing-{name}", _opening(node), message, HELP[names[0]], f"elements_{name}")
    return False


def _one_of(node: Object, members: dict[str, Member], name: str, take: Take, checker: Checker) -> Member | None:
    """Return the element or its `Not…` twin; note where both or, if required, none are there."""
    twin = f"Not{name}"
    if not _has(node, members, (name, twin), take, checker):
        return None
    if name in members and twin in members:
        message = f"A statement has `{name}` or `{twin}`, not both."
        checker.note(
            "unsupported-element-combination",
            members[twin].key.span,
            message,
            "Remove one of the two.",
            f"elements_{twin.lower()}",
        )
    return members.get(name) or members[twin]


def _check_pairs(members: dict[str, Member], effect: str | None, checker: Checker) -> None:
    """What elements may not do together."""
    if effect == "Allow" and "NotPrincipal" in members:  # rule G17
        help = "Name who may, in `Principal`; NotPrincipal works with `Deny` only."
        message = "`NotPrincipal` does not go with `Allow`."
        checker.note(
            "allow-with-not-principal",
            members["NotPrincipal"].key.span,
            message,
            help,
            "elements_notprincipal",
        )
    if checker.kind.name == "rcp" and "Action" in members:
        _check_rcp(members, effect, checker)


def _check_rcp(members: dict[str, Member], effect: str | None, checker: Checker) -> None:
    """An RCP denies named actions; the one Allow is that of AWS's own RCPFullAWSAccess (rules R5, R6)."""
    page = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html"
    action, resource = members["Action"].value, members.get("Resource")
    everything = isinstance(action, String) and action.value == "*"
    full = everything and "Condition" not in members and resource and written(resource.value) == '"*"'
    if effect == "Allow" and not full:
        help = "Deny what must not happen; everything else is allowed by `RCPFullAWSAccess`."
        checker.note(
            "rcp-syntax-error-allow",
            members["Effect"].value.span,
            "A resource control policy only denies.",
            help,
            page,
        )
    elif effect == "Deny" and '"*"' in written(action):
        help = "Write the service, as in `s3:*`."
        message = "In a resource control policy a lone `*` is no action."
        checker.note("rcp-syntax-error-action", action.span, message, help, page)


IN_TRUST, IN_RCP = "role-trust-policy-syntax-error", "rcp-syntax-error"
TO_THE_ROLE = "It is attached to its resource, the role; remove it."
BY_CONDITION = "It binds every principal of its accounts; narrow it by a condition on `aws:PrincipalArn`."
NOT_TAKEN = {
    # (kind, element): code, and what to do
    ("", "Principal"): ("unsupported-principal", "It is attached to an identity, which already says who; remove it."),
    ("", "NotPrincipal"): (
        "unsupported-principal",
        "It is attached to an identity, which already says who; remove it.",
    ),
    ("scp", "Principal"): ("scp-syntax-error-principal", BY_CONDITION),
    ("scp", "NotPrincipal"): ("scp-syntax-error-principal", BY_CONDITION),
    ("trust", "Resource"): (f"{IN_TRUST}-resource", TO_THE_ROLE),
    ("trust", "NotResource"): (f"{IN_TRUST}-resource", TO_THE_ROLE),
    ("trust", "NotPrincipal"): (f"{IN_TRUST}-notprincipal", "Name in `Principal` who may assume the role."),
    ("rcp", "NotPrincipal"): (
        f"{IN_RCP}-principal",
        'Write `"Principal": "*"` and a condition on `aws:PrincipalArn`.',
    ),
    ("rcp", "NotAction"): (f"{IN_RCP}-notaction", "List the actions in `Action`."),
}
"""Elements that a kind of policy does not take; a kind of `""` is any that has no row of its own."""
HELP = {
    "Effect": 'Add `"Effect": "Allow"` or `"Effect": "Deny"`.',
    "Action": 'Say what may be done, as in `"Action": "s3:GetObject"`.',
    "Resource": 'Say on what, as in `"Resource": "arn:aws:s3:::ml-training-data-bucket/*"`.',
    "Principal": 'Say who, as in `"Principal": {"AWS": "arn:aws:iam::111122223333:role/TrainingRole"}`.',
}
