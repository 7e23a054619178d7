"""The policy simulator: AWS's documented examples, its shapes by botocore's own service model, rules A1–A11."""

import json
from typing import Any

import botocore.session
import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from iamlab import Account, Group, Organization, Policies, Request, Role, User, decide
from iamlab.aws.simulation_input import CUSTOM, HANDLING, PRINCIPAL
from iamlab.aws.simulator import SimulatorError, simulate_custom_policy, simulate_principal_policy
from iamlab.evaluation.organization import FULL_AWS_ACCESS, OrganizationalUnit
from tests.evaluation.worlds import ACTIONS, documents

MODEL = botocore.session.get_session().get_service_model("iam")
A, B = "111122223333", "444455556666"
MAYA, OBJECT, BUCKET = f"arn:aws:iam::{A}:user/maya", "arn:aws:s3:::b/x", "arn:aws:s3:::b"


def doc(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any = "s3:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any = "s3:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return allow(action, resource, **more) | {"Effect": "Deny"}


FULL = doc(allow())


def problems(value: Any, shape: Shape) -> list[str]:
    """What of a value is not as a shape of the service model has it: unknown and missing members, types, enums."""
    report = ParamValidator().validate(value, shape)
    return [*([report.generate_report()] if report.has_errors() else []), *unlisted(value, shape)]


def unlisted(value: Any, shape: Shape) -> list[str]:
    """The values that are not among a shape's; botocore leaves these to the service."""
    if isinstance(shape, StructureShape):
        return [p for name, member in value.items() for p in unlisted(member, shape.members[name])]
    if isinstance(shape, ListShape):
        return [p for item in value for p in unlisted(item, shape.member)]
    if isinstance(shape, MapShape):
        return [p for member in value.values() for p in unlisted(member, shape.value)]
    return [] if not getattr(shape, "enum", None) or value in shape.enum else [f"{value} is no {shape.name}"]


def custom(**parameters: Any) -> dict[str, Any]:
    """Simulate, request and response held against the service model."""
    return checked("SimulateCustomPolicy", parameters, simulate_custom_policy(**parameters))


def principal(organization: Organization, **parameters: Any) -> dict[str, Any]:
    return checked("SimulatePrincipalPolicy", parameters, simulate_principal_policy(organization, **parameters))


def checked(operation: str, parameters: Any, response: dict[str, Any]) -> dict[str, Any]:
    model = MODEL.operation_model(operation)
    assert problems(parameters, model.input_shape) == []
    assert problems(response, model.output_shape) == []
    return response


def result(**parameters: Any) -> dict[str, Any]:
    """The only result of a simulation of one action."""
    (one,) = custom(**{"PolicyInputList": [FULL], "ActionNames": ["s3:GetObject"]} | parameters)["EvaluationResults"]
    return one


# The published example of the AWS CLI

DYNAMO = (
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",'
    '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}'
)


def at(time: str) -> dict[str, Any]:
    entry = {"ContextKeyName": "aws:CurrentTime", "ContextKeyValues": [time], "ContextKeyType": "date"}
    return result(PolicyInputList=[DYNAMO], ActionNames=["dynamodb:CreateBackup"], ContextEntries=[entry])


def test_published_example_that_is_allowed() -> None:
    """Decision, statement and its place are those of the AWS CLI's page on `simulate-custom-policy`."""
    found = at("2019-04-25T11:00:00Z")
    assert found["EvalDecision"] == "allowed"
    assert found["MissingContextValues"] == []
    (statement,) = found["MatchedStatements"]
    assert statement["SourcePolicyId"] == "PolicyInputList.1"
    assert statement["StartPosition"] == {"Line": 1, "Column": 38}
    assert statement["EndPosition"] == {"Line": 1, "Column": 167}


def test_published_example_that_is_not() -> None:
    """The same before the date: no statement determines an implicit deny."""
    found = at("2014-04-25T11:00:00Z")
    assert (found["EvalDecision"], found["MatchedStatements"]) == ("implicitDeny", [])


# Shapes


def test_every_parameter_of_the_model_is_taken() -> None:
    """No parameter is missing, and none is made up."""
    assert set(CUSTOM) == set(MODEL.operation_model("SimulateCustomPolicy").input_shape.members)
    assert set(PRINCIPAL) == set(MODEL.operation_model("SimulatePrincipalPolicy").input_shape.members)


def test_a_response_with_everything() -> None:
    """Every member of a result, by the service model (rules A3, A4, A9, A11)."""
    response = custom(
        PolicyInputList=[FULL],
        PermissionsBoundaryPolicyInputList=[FULL],
        OrderedOrganizationPolicyInputList=[{"ServiceControlPolicyInputList": [FULL]}],
        ActionNames=["s3:GetObject", "s3:PutObject"],
        ResourceArns=[OBJECT],
        ResourcePolicy=doc(allow(Principal={"AWS": MAYA})),
        ResourceOwner=f"arn:aws:iam::{B}:root",
        CallerArn=MAYA,
        ContextEntries=[
            {"ContextKeyName": "aws:TagKeys", "ContextKeyValues": ["a", "b"], "ContextKeyType": "stringList"}
        ],
        MaxItems=1,
    )
    assert set(response) == set(MODEL.shape_for("SimulatePolicyResponse").members)
    (found,) = response["EvaluationResults"]
    assert set(found) == set(MODEL.shape_for("EvaluationResult").members)
    assert set(found["ResourceSpecificResults"][0]) == set(MODEL.shape_for("ResourceSpecificResult").members)
    assert found["EvalResourceName"] == "arn:${Partition}:s3:::${BucketName}/${ObjectName}"


# Decisions

SPLIT = {"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [doc(allow("ec2:*"))]}]}
FOREIGN = {"CallerArn": MAYA, "ResourceArns": [OBJECT], "ResourceOwner": f"arn:aws:iam::{B}:root"}
OWN = {"CallerArn": MAYA, "ResourceArns": [OBJECT]}
CASES = [
    ("A1", {}, {"EvalDecision": "allowed", "EvalDecisionDetails": None, "ResourceSpecificResults": None}),
    ("A1", {"PolicyInputList": [FULL, doc(deny("s3:Get*"))]}, {"EvalDecision": "explicitDeny"}),
    ("A1", {"ActionNames": ["ec2:RunInstances"]}, {"EvalDecision": "implicitDeny", "MatchedStatements": []}),
    ("A2", {"PolicyInputList": [doc(allow("s3:*", BUCKET))]}, {"EvalDecision": "implicitDeny"}),
    ("A3", {"PermissionsBoundaryPolicyInputList": [doc(allow("ec2:*"))]},
     {"EvalDecision": "implicitDeny", "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": False}}),
    ("A3", {"PermissionsBoundaryPolicyInputList": [doc(allow(), deny("s3:Get*"))]},
     {"EvalDecision": "explicitDeny", "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": False}}),
    ("A3", {"PermissionsBoundaryPolicyInputList": [FULL]},
     {"EvalDecision": "allowed", "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": True}}),
    ("A4", SPLIT, {"EvalDecision": "implicitDeny", "OrganizationsDecisionDetail": {"AllowedByOrganizations": False}}),
    ("A4", {"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [FULL, doc(deny("s3:Get*"))]}]},
     {"EvalDecision": "explicitDeny", "MatchedStatements": [],
      "OrganizationsDecisionDetail": {"AllowedByOrganizations": False}}),
    ("A5", OWN | {"PolicyInputList": [], "ResourcePolicy": doc(allow(Principal={"AWS": MAYA}))},
     {"EvalDecision": "allowed", "EvalDecisionDetails": {}}),
    ("A5", OWN | {"PolicyInputList": [], "ResourcePolicy": doc(allow(Principal={"AWS": A}))},
     {"EvalDecision": "implicitDeny", "EvalDecisionDetails": {}}),
    ("A5", OWN | {"CallerArn": f"arn:aws:iam::{A}:group/scientists", "PolicyInputList": [],
                  "ResourcePolicy": doc(allow(Principal="*"))}, {"EvalDecision": "allowed"}),
    ("A11", FOREIGN | {"ResourcePolicy": doc(allow(Principal={"AWS": A}))},
     {"EvalDecision": "allowed",
      "EvalDecisionDetails": {"identity-based policy": "allowed", "resource-based policy": "allowed"}}),
    ("A11", FOREIGN | {"ResourcePolicy": doc(deny(Principal="*"))},
     {"EvalDecision": "explicitDeny",
      "EvalDecisionDetails": {"identity-based policy": "allowed", "resource-based policy": "explicitDeny"}}),
    ("A11", FOREIGN | SPLIT | {"ResourcePolicy": doc(allow(Principal={"AWS": A}))},
     {"EvalDecision": "implicitDeny", "EvalDecisionDetails": None}),
    ("A5", {"ResourceArns": [f"arn:aws:kms:eu-west-1:{B}:key/1"], "ActionNames": ["kms:Decrypt"],
            "PolicyInputList": [doc(allow("kms:*"))]}, {"EvalDecision": "allowed"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "given", "expected"), CASES, ids=[f"{i}-{row[0]}" for i, row in enumerate(CASES)])
def test_decisions(rule: str, given: dict[str, Any], expected: dict[str, Any]) -> None:
    """The members that a rule is about; None where the response leaves one out."""
    found = result(**given)
    assert {name: found.get(name) for name in expected} == expected


def test_several_resources() -> None:
    """One result an action, the most restrictive; each resource's own beside it (rule A9)."""
    found = result(PolicyInputList=[doc(allow("s3:*", f"{BUCKET}/*"), deny("s3:*", f"{BUCKET}/secret"))],
                   ResourceArns=[OBJECT, f"{BUCKET}/secret", "arn:aws:s3:::c/x"])  # fmt: skip
    decisions = {one["EvalResourceName"]: one["EvalResourceDecision"] for one in found["ResourceSpecificResults"]}
    assert found["EvalDecision"] == "explicitDeny"
    assert decisions == {OBJECT: "allowed", f"{BUCKET}/secret": "explicitDeny", "arn:aws:s3:::c/x": "implicitDeny"}
    assert found["MatchedStatements"] == found["ResourceSpecificResults"][1]["MatchedStatements"]


def test_only_the_deny_is_listed() -> None:
    """Where a Deny matches, no Allow is among the statements; the resource policy's are told apart (rule A10)."""
    given = OWN | {"ResourcePolicy": json.dumps(json.loads(doc(deny(Principal="*"))), indent=2)}
    (statement,) = result(**given)["MatchedStatements"]
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("ResourcePolicy", "resource")
    assert statement["StartPosition"] == {"Line": 4, "Column": 6}
    assert statement["EndPosition"] == {"Line": 9, "Column": 6}


MENTIONS = doc(
    allow(
        "s3:*",
        "arn:aws:s3:::${aws:PrincipalTag/home}/*",
        Condition={
            "StringEquals": {"aws:RequestedRegion": "eu-west-1", "s3:prefix": "${aws:username}"},
            "Bool": {"AWS:RequestedRegion": "x"},
        },
    )
)
MISSING = [
    ({"PolicyInputList": [MENTIONS]}, ["aws:RequestedRegion", "s3:prefix", "aws:PrincipalTag/home", "aws:username"]),
    ({"PolicyInputList": [MENTIONS], "CallerArn": MAYA}, ["aws:RequestedRegion", "s3:prefix", "aws:PrincipalTag/home"]),
    ({"PolicyInputList": [MENTIONS], "ContextEntries": [
        {"ContextKeyName": "S3:Prefix", "ContextKeyValues": ["maya"], "ContextKeyType": "string"}]},
     ["aws:RequestedRegion", "aws:PrincipalTag/home", "aws:username"]),
    ({"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [MENTIONS]}]}, []),
    ({"PermissionsBoundaryPolicyInputList": [MENTIONS]}, []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "missing"), MISSING)
def test_missing_context_values(given: dict[str, Any], missing: list[str]) -> None:
    """Keys of identity-based and resource-based policies that the request lacks, once each (rule A8)."""
    found = result(**given)
    assert [key.lower() for key in found["MissingContextValues"]] == [key.lower() for key in missing]
    with_arn = result(**given, ResourceArns=[OBJECT])
    assert with_arn["ResourceSpecificResults"][0]["MissingContextValues"] == with_arn["MissingContextValues"]


def test_context_types() -> None:
    """A list is a multivalued key (rule A7)."""
    policy = doc(allow(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}}))
    for keys, decision in ((["team", "cost"], "allowed"), (["team", "x"], "implicitDeny")):
        entry = {"ContextKeyName": "aws:TagKeys", "ContextKeyValues": keys, "ContextKeyType": "stringList"}
        assert result(PolicyInputList=[policy], ContextEntries=[entry])["EvalDecision"] == decision


def test_pages() -> None:
    """`MaxItems` a page; the marker leads through all actions, in order."""
    actions, seen, marker = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [], {}
    while True:
        page = custom(PolicyInputList=[FULL], ActionNames=actions, MaxItems=2, **marker)
        seen += [one["EvalActionName"] for one in page["EvaluationResults"]]
        if not page["IsTruncated"]:
            break
        marker = {"Marker": page["Marker"]}
    assert seen == actions


GOOD: dict[str, Any] = {"PolicyInputList": [FULL], "ActionNames": ["s3:GetObject"]}
KEY = {"ContextKeyName": "aws:x", "ContextKeyValues": ["1"]}
WRONG = [
    ({"PolicyInputList": [FULL]}, "ValidationError", "`ActionNames` is missing."),
    ({"ActionNames": ["s3:GetObject"]}, "ValidationError", "`PolicyInputList` is missing."),
    (GOOD | {"ActionName": "x"}, "ValidationError", "`ActionName` is no parameter here. Perhaps `ActionNames` is meant."),
    (GOOD | {"ActionNames": "s3:GetObject"}, "ValidationError", "`ActionNames` is a list."),
    (GOOD | {"MaxItems": 0}, "ValidationError", "`MaxItems` is a number from 1 to 1,000."),
    (GOOD | {"ResourceHandlingOption": "EC2"}, "ValidationError", "`ResourceHandlingOption` is"),
    (GOOD | {"ActionNames": ["s3:*"]}, "InvalidInput", "`ActionNames.1`: `s3:*` is no action."),
    (GOOD | {"ResourceArns": ["b/x"]}, "InvalidInput", "`ResourceArns.1`: `b/x` is neither an ARN nor `*`."),
    (GOOD | {"PermissionsBoundaryPolicyInputList": [FULL, FULL]}, "InvalidInput", "has at most 1, not 2."),
    (GOOD | {"OrderedOrganizationPolicyInputList": [{}] * 8}, "InvalidInput", "has at most 7, not 8."),
    (GOOD | {"ResourcePolicy": doc(allow(Principal="*"))}, "InvalidInput", "`CallerArn` is missing"),
    (GOOD | {"ResourcePolicy": doc(allow(Principal="*")), "CallerArn": f"arn:aws:iam::{A}:role/R"}, "InvalidInput", "for IAM roles."),
    (GOOD | {"CallerArn": f"arn:aws:sts::{A}:assumed-role/R/s"}, "InvalidInput", "`CallerArn` is the ARN of a user, group or role"),
    (GOOD | {"ResourceOwner": A}, "InvalidInput", "`ResourceOwner` is the ARN of an account"),
    (GOOD | {"ContextEntries": [KEY | {"ContextKeyType": "text"}]}, "ValidationError", "`ContextKeyType` is"),
    (GOOD | {"ContextEntries": [KEY | {"ContextKeyType": "boolean"}]}, "InvalidInput", "`1` is no value of type `boolean`."),
    (GOOD | {"ContextEntries": [KEY | {"ContextKeyValues": ["1", "2"]}]}, "InvalidInput", "has one value, not 2."),
    (GOOD | {"Marker": "no"}, "InvalidInput", "`Marker` is none that a response gave."),
    (GOOD | {"ResourceHandlingOption": "EC2-VPC-EBS"}, "InvalidInput", "wants resources of the types instance, image"),
    (GOOD | {"PolicyInputList": ["{"]}, "PolicyEvaluation", "`PolicyInputList.1`, line 1, column"),
    (GOOD | {"PolicyInputList": [doc(allow(Resorce="*"))]}, "PolicyEvaluation", "Perhaps `Resource`"),
    (GOOD | {"PolicyInputList": ["{}\u20ac"]}, "InvalidInput", "has characters that no policy has."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code", "message"), WRONG, ids=[f"{i}-{row[1]}" for i, row in enumerate(WRONG)])
def test_wrong_requests(given: dict[str, Any], code: str, message: str) -> None:
    """AWS's error codes, with a sentence."""
    with pytest.raises(SimulatorError) as caught:
        simulate_custom_policy(**given)
    assert caught.value.code == caught.value.response["Error"]["Code"] == code
    assert message in str(caught.value)


def test_error_codes_are_those_of_the_operations() -> None:
    """But for `ValidationError`, which every IAM operation may answer with."""
    of_operation = {shape.error_code for shape in MODEL.operation_model("SimulatePrincipalPolicy").error_shapes}
    assert {row[1] for row in WRONG} - {"ValidationError"} | {"NoSuchEntity"} == of_operation


def test_resources_of_each_scenario() -> None:
    """With all the resources that a `ResourceHandlingOption` wants, the simulation runs."""
    for option, kinds in HANDLING.items():
        arns = [f"arn:aws:ec2:eu-west-1:{A}:{kind}/1" for kind in kinds]
        found = result(ResourceHandlingOption=option, ResourceArns=arns, ActionNames=["ec2:RunInstances"])
        assert len(found["ResourceSpecificResults"]) == len(kinds)


# A model's entities

TAGGED = json.loads(doc(allow(Condition={"StringEquals": {"aws:PrincipalTag/team": "vision"}})))
ORGANIZATION = Organization(
    id="o-1",
    ous={"Research": OrganizationalUnit(scp=(FULL_AWS_ACCESS, json.loads(doc(deny("s3:DeleteObject")))))},
    accounts={
        A: Account(
            ou="Research",
            groups={"scientists": Group(policies=(FULL,))},
            users={
                "maya": User(groups=("scientists",), policies=(TAGGED,), tags={"team": "vision"}),
                "omar": User(policies=(TAGGED,), permissions_boundary=doc(allow("ec2:*"))),
            },
            roles={"Train": Role(path="/ml/", policies=(FULL,))},
        )
    },
)


def test_a_users_policies_and_its_groups() -> None:
    """The statements of both, each with its type and its place in the model (rule A10)."""
    response = principal(ORGANIZATION, PolicySourceArn=MAYA, ActionNames=["s3:GetObject", "s3:DeleteObject"])
    reads, deletes = response["EvaluationResults"]
    where = f"accounts.{A}"
    assert [(one["SourcePolicyId"], one["SourcePolicyType"]) for one in reads["MatchedStatements"]] == [
        (f"{where}.users.maya.policies[0]", "user"),
        (f"{where}.groups.scientists.policies[0]", "group"),
    ]
    assert reads["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": True}
    assert (deletes["EvalDecision"], deletes["MatchedStatements"]) == ("explicitDeny", [])


OF_MODEL = [
    ({"PolicySourceArn": f"arn:aws:iam::{A}:role/ml/Train"}, "allowed"),
    ({"PolicySourceArn": f"arn:aws:iam::{A}:group/scientists"}, "allowed"),
    ({"PolicySourceArn": f"arn:aws:iam::{A}:user/omar"}, "implicitDeny"),
    ({"PolicySourceArn": f"arn:aws:iam::{A}:user/omar", "CallerArn": MAYA}, "implicitDeny"),
    ({"PolicySourceArn": f"arn:aws:iam::{A}:user/omar", "CallerArn": MAYA,
      "PolicyExclusionList": [{"PolicyType": "permission-boundary"}]}, "allowed"),
    ({"PolicySourceArn": f"arn:aws:iam::{A}:user/omar", "CallerArn": MAYA,
      "PermissionsBoundaryPolicyInputList": [FULL]}, "allowed"),
    ({"PolicySourceArn": MAYA, "PolicyExclusionList": [{"PolicyType": "inline"}]}, "implicitDeny"),
    ({"PolicySourceArn": MAYA, "PolicyInputList": [doc(deny("s3:GetObject"))]}, "explicitDeny"),
    ({"PolicySourceArn": MAYA, "ActionNames": ["s3:DeleteObject"],
      "PolicyExclusionList": [{"PolicyType": "scp"}]}, "allowed"),
    ({"PolicySourceArn": MAYA, "PolicyExclusionList": [{"InlinePolicyIdentifier": {
        "PolicyName": "x", "AttachmentType": "user", "AttachmentName": "maya"}}]}, "allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "decision"), OF_MODEL, ids=[str(i) for i in range(len(OF_MODEL))])
def test_entities_of_a_model(given: dict[str, Any], decision: str) -> None:
    """Users, groups and roles, another caller, policies left out and put in."""
    (found,) = principal(ORGANIZATION, **{"ActionNames": ["s3:GetObject"]} | given)["EvaluationResults"]
    assert found["EvalDecision"] == decision


@pytest.mark.parametrize(
    ("arn", "code"),
    [
        (f"arn:aws:iam::{A}:user/nobody", "NoSuchEntity"),
        (f"arn:aws:iam::{A}:group/nobodies", "NoSuchEntity"),
        (f"arn:aws:iam::{B}:user/maya", "NoSuchEntity"),
        (f"arn:aws:iam::{A}:root", "InvalidInput"),
    ],
)
def test_unknown_entities(arn: str, code: str) -> None:
    """What the model does not have is `NoSuchEntity`; what has no policies of its own is no input."""
    with pytest.raises(SimulatorError) as caught:
        simulate_principal_policy(ORGANIZATION, PolicySourceArn=arn, ActionNames=["s3:GetObject"])
    assert caught.value.code == code


@given(
    st.lists(documents(), max_size=2), st.none() | documents(), st.lists(st.lists(documents("scp"), max_size=2), max_size=2),
    st.sampled_from(ACTIONS), st.sampled_from([OBJECT, BUCKET, "*"]),
)  # fmt: skip
def test_the_simulator_decides_as_decide_does(
    identity: list[Any], boundary: Any, scp: list[list[Any]], action: str, resource: str
) -> None:
    """Where no resource policy has a say, the decision is the evaluator's."""
    levels = [{"ServiceControlPolicyInputList": [json.dumps(one) for one in level]} for level in scp]
    (found,) = custom(
        PolicyInputList=[json.dumps(one) for one in identity],
        PermissionsBoundaryPolicyInputList=[json.dumps(boundary)] if boundary else [],
        OrderedOrganizationPolicyInputList=levels, ActionNames=[action], ResourceArns=[resource], CallerArn=MAYA,
    )["EvaluationResults"]  # fmt: skip
    policies = Policies.of(identity=identity, permissions_boundary=boundary, scp=scp or None)
    assert found["EvalDecision"] == decide(Request.of(MAYA, action, resource), policies).decision
