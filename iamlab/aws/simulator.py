"""The policy simulator, with the requests and responses of AWS's `SimulateCustomPolicy` and `SimulatePrincipalPolicy`.

What is practiced here carries over to the AWS CLI and SDKs unchanged.

Source: API_SimulateCustomPolicy.html, API_SimulatePrincipalPolicy.html and API_EvaluationResult.html in the IAM API
Reference, and the examples of the AWS CLI Command Reference (rules A1–A11). Where these are silent: a document that is
no policy is a `PolicyEvaluation` error; `MissingContextValues` lists the keys of all statements; the keys of
`EvalDecisionDetails` are the names of the policy types that the pages use. Without a `ResourcePolicy` no resource has
one, and, as AWS says, none is looked up: the caller's policies alone decide.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iamlab.aws.catalogue import CatalogueMissing, find_action, types_of
from iamlab.aws.simulation import Evaluated, Simulation
from iamlab.aws.simulation_input import SimulatorError, invalid, read_custom, read_principal
from iamlab.evaluation.callers import find_account, find_caller, placed
from iamlab.evaluation.context import Value
from iamlab.evaluation.decision import ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY
from iamlab.evaluation.fields import path_of
from iamlab.evaluation.gathering import organization_keys, scp_levels
from iamlab.evaluation.organization import ModelError, Organization
from iamlab.evaluation.policies import Attached, Policies, document_policy
from iamlab.evaluation.principal import Principal, principal_of
from iamlab.policy import parse_arn

__all__ = ["SimulatorError", "simulate_custom_policy", "simulate_principal_policy"]

DEFAULT_ITEMS = 100
SEVERITY = (EXPLICIT_DENY, IMPLICIT_DENY, ALLOWED)
"""Decisions, the most restrictive first (rule A9)."""

NO_CALLER = Principal("User", "", "000000000000")
"""Whoever has the policies, where no caller is named: no context key follows from it."""


def simulate_custom_policy(**parameters: Any) -> dict[str, Any]:
    """Answer as AWS's `SimulateCustomPolicy` does.

    Args:
        **parameters: as the API has them: `PolicyInputList` and `ActionNames`, perhaps
            `PermissionsBoundaryPolicyInputList`, `OrderedOrganizationPolicyInputList`, `ResourceArns`,
            `ResourcePolicy`, `ResourceOwner`, `CallerArn`, `ContextEntries`, `ResourceHandlingOption`, `MaxItems`,
            `Marker`.

    Returns:
        The response: `EvaluationResults`, `IsTruncated` and perhaps `Marker`.

    Raises:
        SimulatorError: with AWS's error code, where the request is none.

    >>> policy = '{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}'
    >>> response = simulate_custom_policy(PolicyInputList=[policy], ActionNames=["s3:GetObject"])
    >>> response["EvaluationResults"][0]["EvalDecision"]
    'allowed'
    """
    read = read_custom(parameters)
    levels = [
        level.get("ServiceControlPolicyInputList", []) for level in read.get("OrderedOrganizationPolicyInputList", ())
    ]
    policies = Policies.of(
        identity=read["PolicyInputList"],
        permissions_boundary=next(iter(read.get("PermissionsBoundaryPolicyInputList", ())), None),
        scp=levels or None,
    )
    return _response(read, _simulation(read, read.get("CallerArn"), policies, {}, _listed_sources(read, 0)))


def simulate_principal_policy(organization: Organization, **parameters: Any) -> dict[str, Any]:
    """Answer as AWS's `SimulatePrincipalPolicy` does, for a user, group or role of a model.

    Args:
        organization: the model that has the entity named by `PolicySourceArn`.
        **parameters: as the API has them: `PolicySourceArn` and `ActionNames`, perhaps `PolicyExclusionList` and what
            `simulate_custom_policy` takes but for the organization's policies, which are the model's.

    Returns:
        The response, as of `simulate_custom_policy`. A statement's `SourcePolicyId` is its policy's place in the model.

    Raises:
        SimulatorError: with AWS's error code: `NoSuchEntity` where the model does not have the entity.
    """
    read = read_principal(parameters)
    try:
        entity = _attached_to(organization, read["PolicySourceArn"])
        caller = read.get("CallerArn", read["PolicySourceArn"])
        keys = entity.keys if caller == read["PolicySourceArn"] else _attached_to(organization, caller).keys
    except ModelError as error:
        raise SimulatorError("NoSuchEntity", str(error)) from None
    entity = _without(entity, read.get("PolicyExclusionList", ()))
    given = read.get("PermissionsBoundaryPolicyInputList")
    policies = Policies.of(
        identity=[*(document for _, document in entity.identity), *read.get("PolicyInputList", ())],
        permissions_boundary=given[0] if given else entity.boundary,
        scp=entity.scp,
    )
    sources = {f"identity[{i}]": (where, _type(where)) for i, (where, _) in enumerate(entity.identity)}
    sources |= _listed_sources(read, len(sources))
    return _response(read, _simulation(read, caller, policies, keys, sources))


@dataclass(frozen=True)
class _Entity:
    """What hangs on a user, group or role of the model."""

    identity: Sequence[tuple[str, Any]]
    boundary: Any = None
    scp: list[list[Any]] | None = None
    keys: Mapping[str, Value] = field(default_factory=dict)


def _attached_to(organization: Organization, arn_text: str) -> _Entity:
    arn = parse_arn(arn_text)
    assert arn is not None  # it was read as an entity's ARN
    principal = _caller(arn_text)
    scp = scp_levels(organization, principal) if arn.account != organization.management_account else None
    levels = None if scp is None else [[document for _, document in level] for level in scp]
    follow = organization_keys(organization, "Principal", arn.account)
    if ":group/" in arn_text:
        account = find_account(organization, "PolicySourceArn", arn.account)
        if arn.name not in account.groups:
            raise ModelError("PolicySourceArn", f"The account `{arn.account}` has no group `{arn.name}`.")
        where = path_of("accounts", arn.account, "groups", arn.name, "policies")
        return _Entity(placed(where, account.groups[arn.name].policies), None, levels, follow)
    caller = find_caller(organization, principal)
    return _Entity(caller.identity, caller.boundary and caller.boundary[1], levels, {**follow, **caller.keys})


def _without(entity: _Entity, exclusions: Iterable[Mapping[str, Any]]) -> _Entity:
    """Leave out what `PolicyExclusionList` says. The model's policies have no ARNs: they are inline policies."""
    types = {exclusion.get("PolicyType") for exclusion in exclusions}
    return replace(
        entity,
        identity=() if "inline" in types else entity.identity,
        boundary=None if "permission-boundary" in types else entity.boundary,
        scp=None if "scp" in types else entity.scp,
    )


def _type(where: str) -> str:
    return next(kind for kind in ("user", "group", "role") if f".{kind}s" in where)


def _listed_sources(read: Mapping[str, Any], start: int) -> dict[str, tuple[str, str]]:
    listed = enumerate(read.get("PolicyInputList", ()), 1)
    return {f"identity[{start + i - 1}]": (f"PolicyInputList.{i}", "none") for i, _ in listed}


def _caller(arn_text: str | None) -> Principal:
    """Return the simulated caller. A group makes no calls: it stands for a user of whom nothing is known."""
    if arn_text is None:
        return NO_CALLER
    arn = parse_arn(arn_text)
    if arn is not None and ":group/" in arn_text:
        return Principal("User", arn_text, arn.account, arn.partition)
    return principal_of(arn_text)


def _simulation(
    read: Mapping[str, Any],
    caller: str | None,
    policies: Policies,
    keys: Mapping[str, Value],
    sources: Mapping[str, tuple[str, str]],
) -> Simulation:
    principal, given = _caller(caller), read.get("ResourcePolicy")
    allow = {"Effect": "Allow", "Principal": {"AWS": principal.account}, "Action": "*", "Resource": "*"}
    resource = given or document_policy({"Statement": allow}, "resource")
    context = dict(read.get("ContextEntries", ()))
    folded = {key.lower() for key in context}
    follow = {key: value for key, value in keys.items() if key.lower() not in folded}
    return Simulation(
        principal,
        replace(policies, resource=Attached("resource", resource)),
        {**sources, "resource": ("ResourcePolicy", "resource")},
        {**follow, **context},
        read.get("ResourceOwner", ""),
        given is not None,
    )


# The response


def _response(read: Mapping[str, Any], simulation: Simulation) -> dict[str, Any]:
    """Return one page of results, one for each action."""
    actions, start = read["ActionNames"], _offset(read.get("Marker"))
    end = start + read.get("MaxItems", DEFAULT_ITEMS)
    resources = read.get("ResourceArns") or ["*"]
    results = [_result(simulation, action, resources) for action in actions[start:end]]
    more = end < len(actions)
    response: dict[str, Any] = {"EvaluationResults": results, "IsTruncated": more}
    return response | ({"Marker": base64.b64encode(str(end).encode()).decode()} if more else {})


def _offset(marker: str | None) -> int:
    try:
        return int(base64.b64decode(marker, validate=True)) if marker else 0
    except (ValueError, binascii.Error):
        raise invalid("`Marker` is none that a response gave.") from None


def _result(simulation: Simulation, action: str, resources: Sequence[str]) -> dict[str, Any]:
    evaluated = [simulation.evaluate(action, resource) for resource in resources]
    decision = _strictest(one.decision for one in evaluated)
    matched = [statement for one in evaluated if one.decision == decision for statement in one.matched]
    result: dict[str, Any] = {
        "EvalActionName": action,
        "EvalResourceName": _template(action, resources),
        "EvalDecision": decision,
        "MatchedStatements": [one for i, one in enumerate(matched) if one not in matched[:i]],
        "MissingContextValues": list(dict.fromkeys(key for one in evaluated for key in one.missing)),
    }
    if simulation.policies.scp is not None:
        allowed = all(one.allowed_by_organizations for one in evaluated)
        result["OrganizationsDecisionDetail"] = {"AllowedByOrganizations": allowed}
    if simulation.policies.permissions_boundary:
        result["PermissionsBoundaryDecisionDetail"] = _boundary(evaluated)
    details = [one.details for one in evaluated if one.details is not None]
    if details:
        names = dict.fromkeys(name for one in details for name in one)
        result["EvalDecisionDetails"] = {n: _strictest(one[n] for one in details if n in one) for n in names}
    if list(resources) != ["*"]:
        result["ResourceSpecificResults"] = [_specific(one) for one in evaluated]
    return result


def _specific(one: Evaluated) -> dict[str, Any]:
    result: dict[str, Any] = {
        "EvalResourceName": one.resource,
        "EvalResourceDecision": one.decision,
        "MatchedStatements": one.matched,
        "MissingContextValues": one.missing,
    }
    if one.details is not None:
        result["EvalDecisionDetails"] = one.details
    if one.simulation.policies.permissions_boundary:
        result["PermissionsBoundaryDecisionDetail"] = _boundary([one])
    return result


def _boundary(evaluated: Iterable[Evaluated]) -> dict[str, bool]:
    return {"AllowedByPermissionsBoundary": all(one.allowed_by_boundary for one in evaluated)}


def _strictest(decisions: Iterable[str]) -> str:
    return min(decisions, key=SEVERITY.index)


def _template(action: str, resources: Sequence[str]) -> str:
    """Return the shape of the ARNs that an action works on; `*` where none is known."""
    try:
        found = find_action(action)
    except CatalogueMissing:
        return "*"
    types = types_of(found) if found else ()
    fitting = (kind.arn for kind in types if kind.matches(resources[0]))
    return next(fitting, types[0].arn if types else "*")
