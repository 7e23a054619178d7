"""Reads the `organization` of a scenario: the second form, in which policies hang where they hang at AWS.

The members of each object are the fields of the class that it becomes (`organization.py`); one table says how each is
read. The format is described in docs/scenarios.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from iamlab.evaluation.fields import Field, type_word
from iamlab.evaluation.organization import (
    FULL_AWS_ACCESS,
    Account,
    Group,
    ModelError,
    Organization,
    OrganizationalUnit,
    Resource,
    Role,
    Root,
    Session,
    User,
    VpcEndpoint,
)
from iamlab.evaluation.policies import Document

__all__ = ["read_organization"]

MAX_DOCUMENTS = 1_000
Read = Callable[[Field, Any], Any]


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise field.wrong("wrong-type", f"A string stands here, not {type_word(value)}.")
    return value


def _flag(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise field.wrong("wrong-type", f"`true` or `false` stands here, not {type_word(value)}.")
    return value


def _path(field: Field, value: Any) -> str:
    text = _text(field, value)
    if not (text.startswith("/") and text.endswith("/")):
        raise field.wrong("invalid-path", f"The path `{text[:60]}` does not begin and end with `/`.")
    return text


def _listed(field: Field, value: Any) -> list[Any]:
    listed = value if isinstance(value, list) else [value]
    if len(listed) > MAX_DOCUMENTS:
        raise field.wrong(
            "document-too-large", f"This list has {len(listed):,} items; at most {MAX_DOCUMENTS:,} are read."
        )
    return listed


def _texts(field: Field, value: Any) -> tuple[str, ...]:
    return tuple(_text(field.at(i), item) for i, item in enumerate(_listed(field, value)))


def _tags(field: Field, value: Any) -> dict[str, str]:
    members = field.object(value, "`tags`")
    for name, tag in members.items():
        if not isinstance(tag, str):
            raise field.of(name).wrong("wrong-type", f"A tag's value is a string, not {type_word(tag)}.")
    return dict(members)


def _document(kind: str, field: Field, value: Any) -> Document:
    if kind == "scp" and value == "FullAWSAccess":
        return FULL_AWS_ACCESS
    return field.document(value, kind)


def _documents(kind: str, field: Field, value: Any) -> tuple[Document, ...]:
    return tuple(_document(kind, field.at(i), item) for i, item in enumerate(_listed(field, value)))


def _members(cls: Callable[..., Any], what: str, table: Mapping[str, Read], field: Field, value: Any) -> Any:
    """Read an object: each member as the table says; what is not there, or null, keeps the class's default."""
    members = field.object(value, what, table)
    given = {name: member for name, member in members.items() if member is not None}
    return cls(**{name: table[name](field.of(name), member) for name, member in given.items()})


def _by_name(read: Read, field: Field, value: Any) -> dict[str, Any]:
    return {name: read(field.of(name), item) for name, item in field.object(value, f"`{field.name}`").items()}


def _shape(cls: Callable[..., Any], what: str, **table: Read) -> Read:
    return partial(_members, cls, what, table)


SCP, RCP = partial(_documents, "scp"), partial(_documents, "rcp")
IDENTITY, BOUNDARY = partial(_documents, "identity"), partial(_document, "permissions_boundary")

SESSION = _shape(Session, "a session", policies=partial(_documents, "session"), tags=_tags, source_identity=_text)
GROUP = _shape(Group, "a group", policies=IDENTITY)
ENTITY: dict[str, Read] = {
    "path": _path,
    "policies": IDENTITY,
    "permissions_boundary": BOUNDARY,
    "tags": _tags,
    "unique_id": _text,
}
USER = _shape(User, "a user", **ENTITY, groups=_texts, federated_sessions=partial(_by_name, SESSION))
ROLE = _shape(Role, "a role", **ENTITY, trust=partial(_document, "trust"), sessions=partial(_by_name, SESSION))
RESOURCE = _shape(Resource, "a resource", policy=partial(_document, "resource"), tags=_tags)
ENDPOINT = _shape(VpcEndpoint, "a VPC endpoint", policy=partial(_document, "vpc_endpoint"), vpc=_text)
ACCOUNT = _shape(
    Account,
    "an account",
    ou=_text,
    member=_flag,
    scp=SCP,
    rcp=RCP,
    groups=partial(_by_name, GROUP),
    users=partial(_by_name, USER),
    roles=partial(_by_name, ROLE),
    resources=partial(_by_name, RESOURCE),
    vpc_endpoints=partial(_by_name, ENDPOINT),
)
ORGANIZATION: dict[str, Read] = {
    "id": _text,
    "management_account": _text,
    "root": _shape(Root, "the root", id=_text, scp=SCP, rcp=RCP),
    "ous": partial(_by_name, _shape(OrganizationalUnit, "an OU", id=_text, parent=_text, scp=SCP, rcp=RCP)),
    "accounts": partial(_by_name, ACCOUNT),
}
"""What an `organization` has, and how each of its members is read."""


def read_organization(field: Field, value: Any) -> Organization:
    """Read the model of a scenario.

    Args:
        field: where it stands: the scenario's `organization`.
        value: the plain object.

    Raises:
        ScenarioError: where a field is unknown or wrong, a document is no policy of its kind, or a name is one of
            something that the model does not have.
    """
    members = field.object(value, "an organization", ORGANIZATION)
    if not members.get("accounts"):
        raise field.of("accounts").wrong("missing-field", "The organization has no `accounts`.", "It has at least one.")
    for number in field.of("accounts").object(members["accounts"], "`accounts`"):
        if not (len(number) == 12 and number.isascii() and number.isdecimal()):
            message = f"`{number[:60]}` is no account: an account's number has twelve digits."
            raise field.of("accounts").of(number).wrong("invalid-account", message)
    try:
        organization: Organization = _members(Organization, "an organization", ORGANIZATION, field, value)
    except ModelError as error:
        raise Field(field.id, f"{field.where}.{error.where}").wrong("unknown-name", error.message, error.help) from None
    return organization
