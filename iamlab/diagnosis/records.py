"""One CloudTrail record as the requests that it stands for.

A record names an operation; the requests behind it have actions (rule M18), and some of them are never logged: that of
`iam:PassRole` where a call hands a role to a service, that of the tagging action where a call gives tags
(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import islice
from typing import Any

from iamlab.aws.operations import NEEDS_NONE, Authorization, authorized_actions
from iamlab.diagnosis.resources import Asked, asked_of, mapping, resources_of, texts
from iamlab.policy import parse_arn

__all__ = ["Used", "is_record", "principal_text", "requests_of", "service_principal", "was_refused"]

REFUSALS = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden", "403"}
"""Error codes of requests that were not allowed, without the prefix `Client.` that EC2 writes."""

TAGGING = {"sagemaker:AddTags", "ec2:CreateTags", "ssm:AddTagsToResource"}
MOST_TEXTS = 2_000
MOST_KEYS = 20


@dataclass(frozen=True, slots=True)
class Used:
    """A request behind a record. `logged` is false where the record implies it; `known` where its resource is not."""

    principal: str
    action: str
    resource: str
    context: Mapping[str, Any] = field(default_factory=dict)
    resource_account: str = ""
    logged: bool = True
    known: bool = True


def is_record(value: object) -> bool:
    """Return whether a JSON value is a record of CloudTrail."""
    return isinstance(value, Mapping) and isinstance(value.get("eventName"), str) and "eventSource" in value


def was_refused(record: Mapping[str, Any]) -> bool:
    """Return whether a record tells of a request that was not allowed."""
    code = str(record.get("errorCode") or "").removeprefix("Client.")
    return code in REFUSALS or "not authorized to perform" in str(record.get("errorMessage") or "")


def requests_of(record: Mapping[str, Any]) -> Iterator[Used]:
    """Yield the requests that a record stands for, the logged ones first; none where no policy has a say."""
    asked = asked_of(record)
    answer = authorized_actions(str(record.get("eventSource") or ""), str(record.get("eventName") or ""))
    for action in _actions(answer, asked):
        yield from _used(record, asked, action)
    yield from _implied(record, asked, answer)


def _actions(answer: Authorization, asked: Asked) -> tuple[str, ...]:
    """The actions that are checked: a version's where the call names one, the operation's name where none is known."""
    if not answer.actions:
        return () if answer.kind == NEEDS_NONE else (answer.name,)
    versioned = tuple(need.action for need in answer.further if need.instead)
    if asked.value("versionId") and len(answer.actions) == 1 and versioned:
        return versioned
    return answer.actions


def _used(record: Mapping[str, Any], asked: Asked, action: str, logged: bool = True) -> Iterator[Used]:
    found = resources_of(action, asked)
    for resource in found or ("*",):
        yield _request(record, asked, action, resource, _context(record, action), logged, bool(found))


def _request(
    record: Mapping[str, Any],
    asked: Asked,
    action: str,
    resource: str,
    context: Mapping[str, Any],
    logged: bool,
    known: bool = True,
) -> Used:
    arn = parse_arn(resource)
    owner = (arn.account if arn else "") or asked.owner
    return Used(principal_text(record), action, resource, context, owner, logged, known)


def _implied(record: Mapping[str, Any], asked: Asked, answer: Authorization) -> Iterator[Used]:
    needs = {need.action for need in answer.further if not need.instead}
    if "iam:PassRole" in needs:
        service = service_principal(answer.service)
        context = _context(record, "iam:PassRole") | ({"iam:PassedToService": service} if service else {})
        for role in sorted({text for text in texts(asked.parameters, MOST_TEXTS) if _is_role(text)}):
            yield _request(record, asked, "iam:PassRole", role, context, logged=False)
    if _has_tags(asked.parameters) and answer.actions:
        for action in sorted(need for need in needs if ":Tag" in need or need in TAGGING):
            for resource in resources_of(answer.actions[0], asked):
                yield _request(record, asked, action, resource, _context(record, action), logged=False)


def _is_role(text: str) -> bool:
    arn = parse_arn(text)
    return arn is not None and arn.service == "iam" and arn.resource.startswith("role/")


def _has_tags(parameters: Mapping[str, Any]) -> bool:
    return any(name.lower() in {"tags", "tagspecificationset"} and bool(value) for name, value in parameters.items())


SERVICE_PRINCIPALS = {"ecs": "ecs-tasks.amazonaws.com", "eks": "eks.amazonaws.com"}
PASSED_TO_ITSELF = """
    sagemaker lambda glue states bedrock bedrock-agentcore comprehend rekognition textract transcribe translate
    personalize forecast kendra events batch codebuild
"""
"""Services whose principal is their prefix."""


def service_principal(prefix: str) -> str:
    """Return the service principal to which a service's operations pass roles, or nothing where it may be another.

    >>> service_principal("sagemaker")
    'sagemaker.amazonaws.com'
    """
    return SERVICE_PRINCIPALS.get(prefix) or (f"{prefix}.amazonaws.com" if prefix in PASSED_TO_ITSELF.split() else "")


def principal_text(record: Mapping[str, Any]) -> str:
    """Return who made a record's request: an ARN, a service's name, `anonymous`, or nothing where it is not told."""
    identity = mapping(record.get("userIdentity"))
    if "ANONYMOUS_PRINCIPAL" in (identity.get("accountId"), identity.get("principalId")):
        return "anonymous"
    if identity.get("type") == "Root" and not identity.get("arn"):
        return f"arn:aws:iam::{identity.get('accountId')}:root"
    return str(identity.get("arn") or identity.get("invokedBy") or "")


def _context(record: Mapping[str, Any], action: str) -> dict[str, Any]:
    """The context keys that a record tells (section K)."""
    keys = dict(_of_network(record)) | dict(_of_session(record))
    if action.startswith("kms:"):
        keys |= dict(_of_kms(record))
    return {key: value for key, value in keys.items() if value not in (None, "")}


def _of_network(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    address = str(record.get("sourceIPAddress") or "")
    if _is_address(address):
        yield ("aws:VpcSourceIp" if record.get("vpcEndpointId") else "aws:SourceIp"), address
    yield "aws:SourceVpce", record.get("vpcEndpointId")
    yield "aws:SecureTransport", "true" if record.get("tlsDetails") else None
    yield "aws:UserAgent", record.get("userAgent")
    yield "aws:CurrentTime", record.get("eventTime")
    yield "aws:RequestedRegion", record.get("awsRegion")


def _of_session(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    identity = mapping(record.get("userIdentity"))
    session = mapping(identity.get("sessionContext"))
    attributes = mapping(session.get("attributes"))
    yield "aws:userid", identity.get("principalId")
    yield "aws:MultiFactorAuthPresent", attributes.get("mfaAuthenticated")
    yield "aws:TokenIssueTime", attributes.get("creationDate")
    yield "aws:SourceIdentity", session.get("sourceIdentity")
    if invoked := identity.get("invokedBy"):
        yield "aws:ViaAWSService", "true"
        yield "aws:CalledVia", [invoked]


def _of_kms(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    service = str(mapping(record.get("userIdentity")).get("invokedBy") or "")
    if service.endswith(".amazonaws.com") and record.get("awsRegion"):
        yield "kms:ViaService", f"{service.removesuffix('.amazonaws.com')}.{record['awsRegion']}.amazonaws.com"
    encryption = mapping(mapping(record.get("requestParameters")).get("encryptionContext"))
    for name, value in islice(encryption.items(), MOST_KEYS):
        yield f"kms:EncryptionContext:{name}", value


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
