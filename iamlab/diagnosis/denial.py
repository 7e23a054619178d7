"""`explain_denial`: what an error says of a request that was not allowed, and what would allow it (rules D1-D14)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from iamlab.aws.catalogue import find_action
from iamlab.aws.operations import NEEDS_NONE, UNKNOWN, Authorization, Need, authorized_actions, operations_named
from iamlab.diagnosis.advice import look_at
from iamlab.diagnosis.drafts import draft_statement
from iamlab.diagnosis.reading import MAX_LENGTH, Reading, read_text
from iamlab.diagnosis.records import Used, is_record, requests_of, service_principal, was_refused
from iamlab.diagnosis.resources import mapping, texts

__all__ = ["STEPS", "Denial", "Logged", "NotADenial", "explain_denial", "explain_logged", "explain_record"]

STEPS = {
    "identity": "identity-based policies",
    "resource": "resource-based policies",
    "trust": "resource-based policies",
    "permissions_boundary": "permissions boundary",
    "session": "session policies",
    "scp": "Organizations SCPs",
    "rcp": "Organizations RCPs",
    "vpc_endpoint": "VPC endpoint policy",
}
"""The step of the evaluation order that ends a request which no policy of a type allows."""

NO_ALLOW_HELPS = {"public access", "cross-account role", "lake formation"}
XML_SERVICES = {"s3", "s3control", "iam", "sts", "sns", "sqs", "cloudformation", "redshift", "elasticmapreduce"}
"""Services whose error code is `AccessDenied`; the others write `AccessDeniedException`."""

MOST_TEXTS = 2_000


class NotADenial(ValueError):
    """A text in which nothing could be read as an AWS error of a request that was not allowed."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What an error tells, and what follows from it.

    `policy_type` is a kind of policy or `unknown`, `kind` is `explicit`, `implicit` or `unknown`; None stands for what
    the text does not tell. `allow_can_help` is None where it cannot be known. `look_at` are sentences; `draft` is the
    statement that would allow the request, `draft_kind` the kind of policy in which it is to stand. `step` names the
    step of the evaluation order that refused. `further` are actions that the call may need besides.
    """

    form: str
    principal: str | None
    action: str | None
    resource: str | None
    policy_type: str
    policy_arn: str | None
    kind: str
    allow_can_help: bool | None
    look_at: tuple[str, ...] = ()
    draft: dict[str, Any] | None = None
    draft_kind: str | None = None
    step: str | None = None
    operation: str | None = None
    further: tuple[Need, ...] = ()


def explain_denial(text: object) -> Denial:
    """Explain an AWS error of a request that was not allowed.

    Args:
        text: the message, whatever stands around it (a traceback, a log); a record of CloudTrail or another error as
            JSON; the answer of `sts:DecodeAuthorizationMessage`; or the exception itself.

    Raises:
        NotADenial: where nothing in it could be read as such an error.

    >>> denial = explain_denial(
    ...     "User: arn:aws:iam::111122223333:user/maya is not authorized to perform: s3:GetObject on resource: "
    ...     "arn:aws:s3:::b/x because no identity-based policy allows the s3:GetObject action"
    ... )
    >>> denial.step, denial.draft
    ('identity-based policies', {'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::b/x'})
    """
    said = str(text)[:MAX_LENGTH]
    data = _json(said)
    if is_record(data):
        return explain_record(mapping(data))
    reading = _decoded(data) or _fullest_reading(data) or read_text(said)
    if reading is None:
        raise NotADenial("Nothing in this text is an AWS error of a request that was not allowed.")
    return _explained(reading)


def explain_record(record: Mapping[str, Any]) -> Denial:
    """Explain the error of a CloudTrail record; what its message leaves out comes from the record.

    Raises:
        NotADenial: where the record tells of no such error.
    """
    if not was_refused(record):
        raise NotADenial(f"The call to `{record.get('eventName')}` was not refused.")
    logged = Logged(
        code=str(record.get("errorCode") or ""),
        message=str(record.get("errorMessage") or ""),
        service=str(record.get("eventSource") or ""),
        operation=str(record.get("eventName") or ""),
    )
    return explain_logged(logged, tuple(requests_of(record)))


@dataclass(frozen=True, slots=True)
class Logged:
    """What CloudTrail logs of a refusal beside the request."""

    code: str
    message: str
    service: str
    operation: str


def explain_logged(logged: Logged, requests: Sequence[Used]) -> Denial:
    """Explain a refusal that CloudTrail logged.

    Args:
        logged: its error and the call.
        requests: the requests behind the call; the message tells which of them was refused, else it is the first.
    """
    code = logged.code.removeprefix("Client.")
    reading = read_text(logged.message) or Reading("bare", code=code)
    reading = replace(reading, service=logged.service, operation=logged.operation, code=reading.code or code)
    used = next((one for one in requests if one.action == (reading.action or one.action)), None)
    if used:
        reading = replace(
            reading,
            principal=reading.principal or used.principal,
            action=reading.action or used.action,
            resource=reading.resource or (used.resource if used.known else ""),
        )
    return _explained(reading)


def _json(text: str) -> Any:
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _fullest_reading(data: Any) -> Reading | None:
    """Read the text in a JSON value that tells most of a refusal."""
    readings = [found for text in texts(data, MOST_TEXTS) if (found := read_text(text))]
    return max(readings, key=lambda found: found.told, default=None)


def _decoded(data: Any) -> Reading | None:
    """Read what `sts:DecodeAuthorizationMessage` answers (API_DecodeAuthorizationMessage.html)."""
    message = mapping(data)
    if isinstance(message.get("DecodedMessage"), str):
        message = mapping(_json(message["DecodedMessage"]))
    context = mapping(message.get("context"))
    if message.get("allowed") is not False or not context:
        return None
    kind = "explicit" if message.get("explicitDeny") is True else "implicit"
    principal = str(mapping(context.get("principal")).get("arn") or "")
    action, resource = str(context.get("action") or ""), str(context.get("resource") or "")
    return Reading("decoded", principal, action, resource, kind=kind)


# From what is told to what follows


def _explained(reading: Reading) -> Denial:
    answers = _answers(reading)
    actions = _actions(reading, answers)
    kind = _draft_kind(reading)
    help_ = _allow_can_help(reading, answers)
    draft = None if help_ is False or not actions else _draft(reading, kind, actions)
    step = "deny evaluation" if reading.kind == "explicit" else None
    return Denial(
        form=reading.form,
        principal=reading.principal or None,
        action=actions[0] if actions else None,
        resource=reading.resource or None,
        policy_type=reading.policy_type,
        policy_arn=reading.policy_arn or None,
        kind=reading.kind,
        allow_can_help=help_,
        look_at=look_at(reading, actions, answers),
        draft=draft,
        draft_kind=kind if draft else None,
        step=step or (STEPS.get(reading.policy_type) if reading.kind == "implicit" else None),
        operation=reading.operation or None,
        further=_further(reading, answers),
    )


def _answers(reading: Reading) -> tuple[Authorization, ...]:
    """What is checked for the operation that the text names; several answers where it may be several services'."""
    service, _, named = reading.action.partition(":")
    if named and not find_action(reading.action):  # an operation stands where the action should
        answer = authorized_actions(service, named)
        return () if answer.kind == UNKNOWN else (answer,)
    if not reading.operation:
        return ()
    if reading.service:
        answer = authorized_actions(reading.service, reading.operation)
        if answer.actions or answer.kind == NEEDS_NONE:
            return (answer,)
    found = operations_named(reading.operation)
    if reading.action:
        same = tuple(answer for answer in found if reading.action.partition(":")[0] == answer.service)
        return same or found
    if reading.code in {"AccessDenied", "AccessDeniedException"}:
        is_xml = reading.code == "AccessDenied"
        return tuple(one for one in found if (one.service in XML_SERVICES) == is_xml) or found
    return found


def _actions(reading: Reading, answers: tuple[Authorization, ...]) -> tuple[str, ...]:
    found = answers[0].actions if len(answers) == 1 else ()
    if reading.action and (find_action(reading.action) or not found):
        return (reading.action,)
    return found


def _draft_kind(reading: Reading) -> str:
    if reading.action.startswith("sts:AssumeRole") and reading.policy_type == "resource":
        return "trust"
    if reading.policy_type == "unknown" and reading.principal == "anonymous":
        return "resource"
    return "identity" if reading.policy_type == "unknown" else reading.policy_type


def _allow_can_help(reading: Reading, answers: tuple[Authorization, ...]) -> bool | None:
    if reading.kind == "explicit" or reading.form in NO_ALLOW_HELPS:
        return False
    if reading.kind == "implicit" or reading.form in {"federation", "cannot assume", "marketplace"}:
        return True
    return None


def _draft(reading: Reading, kind: str, actions: tuple[str, ...]) -> dict[str, Any] | None:
    resource = reading.resource
    if kind == "rcp":  # an RCP has no Allow but AWS's own of everything (rule R5)
        actions, resource = ("*",), "*"
    if reading.form == "marketplace":
        actions = ("aws-marketplace:Subscribe", "aws-marketplace:ViewSubscriptions")
    condition = None
    if actions == ("iam:PassRole",) and (service := _passed_to(reading)):
        condition = {"StringEquals": {"iam:PassedToService": service}}
    return draft_statement(kind, reading.principal, actions, resource, condition)


def _passed_to(reading: Reading) -> str:
    """The service to which the role was to be passed, where the operation tells."""
    services = {answer.service for answer in operations_named(reading.operation)} if reading.operation else set()
    takers = [one for one in services if _passes_role(one, reading.operation)]
    return service_principal(takers[0]) if len(takers) == 1 else ""


def _passes_role(service: str, operation: str) -> bool:
    return any(need.action == "iam:PassRole" for need in authorized_actions(service, operation).further)


def _further(reading: Reading, answers: tuple[Authorization, ...]) -> tuple[Need, ...]:
    """What else the call may need, less the action that was refused."""
    found = chain.from_iterable(answer.further for answer in answers) if len(answers) == 1 else ()
    return tuple(need for need in found if need.action != reading.action)
