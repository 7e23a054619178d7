"""The model of accounts: what it gathers is what one would gather by hand, and what is wrong in it is said."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlab.evaluation import Policies, Request, run
from iamlab.evaluation.gathering import gather
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
from tests.evaluation.tables import cases
from tests.evaluation.worlds import RCP_DENY, RCP_FULL, documents, statements

A, B = "111122223333", "444455556666"
MAYA = f"arn:aws:iam::{A}:user/maya"
SESSION = f"arn:aws:sts::{A}:assumed-role/Train/job"
FEDERATED = f"arn:aws:sts::{A}:federated-user/notebook"
BUCKET = "arn:aws:s3:::b"
ROLE = f"arn:aws:iam::{A}:role/Train"
TAGS = st.dictionaries(st.sampled_from(["team", "cost"]), st.sampled_from(["ml", "web"]), max_size=2)
LISTED = st.lists(documents(), max_size=2).map(tuple)
LEVEL = st.lists(documents("scp"), max_size=2).map(tuple)
RCPS = st.sampled_from([(), (RCP_DENY,)])


@st.composite
def models(draw: st.DrawFn) -> Organization:
    """An organization: one account below an OU, another right below the root, each perhaps no member."""
    session = Session(policies=draw(st.lists(documents("session"), max_size=2).map(tuple)), tags=draw(TAGS))
    user = User(
        groups=draw(st.sampled_from([(), ("g",)])),
        policies=draw(LISTED),
        tags=draw(TAGS),
        permissions_boundary=draw(st.none() | documents()),
        federated_sessions={"notebook": session},
    )
    trust = st.builds(lambda s: {"Version": "2012-10-17", "Statement": s}, st.lists(statements("trust"), max_size=2))
    role = Role(
        policies=draw(LISTED),
        tags=draw(TAGS),
        permissions_boundary=draw(st.none() | documents()),
        sessions={"job": session},
        trust=draw(st.none() | trust),
    )
    bucket = Resource(policy=draw(st.none() | documents("resource")), tags=draw(TAGS))
    endpoint = VpcEndpoint(policy=draw(st.none() | documents("vpc_endpoint")))
    owner = draw(st.sampled_from([A, B]))
    first = Account(
        ou="Research",
        member=draw(st.booleans()),
        scp=draw(LEVEL),
        rcp=draw(RCPS),
        users={"maya": user},
        groups={"g": Group(policies=draw(LISTED))},
        roles={"Train": role},
        resources={BUCKET: bucket} if owner == A else {},
        vpc_endpoints={"vpce-1": endpoint},
    )
    second = Account(member=draw(st.booleans()), rcp=draw(RCPS), resources={BUCKET: bucket} if owner == B else {})
    ous = {"Research": OrganizationalUnit(scp=draw(LEVEL), rcp=draw(RCPS))}
    return Organization(
        accounts={A: first, B: second},
        ous=ous,
        root=Root(scp=draw(LEVEL)),
        id="o-1",
        management_account=draw(st.sampled_from([None, A, B])),
    )


def by_hand(model: Organization, principal: str, action: str, resource: str, context: dict[str, Any]) -> Any:
    """Gather a request as a person would who reads the model."""
    mine = model.accounts[A]
    user, role, endpoint = mine.users["maya"], mine.roles["Train"], mine.vpc_endpoints["vpce-1"]
    entity = role if ":assumed-role/" in principal else user
    session = {SESSION: role.sessions["job"], FEDERATED: user.federated_sessions["notebook"]}.get(principal, Session())
    identity = [*entity.policies]
    if entity is user and user.groups:
        identity += mine.groups["g"].policies
    bucket = next((account.resources[BUCKET] for account in model.accounts.values() if account.resources), None)
    owner = A if resource == ROLE or BUCKET in mine.resources else B
    on_resource = role.trust if resource == ROLE else bucket.policy if bucket else None
    unit = model.ous["Research"]
    rcp = (
        [[RCP_FULL], [RCP_FULL, *unit.rcp], [RCP_FULL, *mine.rcp]]
        if owner == A
        else [[RCP_FULL], [RCP_FULL, *model.accounts[B].rcp]]
    )
    member, free = model.accounts[owner].member, owner == model.management_account
    given: dict[str, Any] = {f"aws:PrincipalTag/{k}": v for k, v in {**entity.tags, **session.tags}.items()}
    tagged = {BUCKET: bucket.tags if bucket else {}, ROLE: role.tags}.get(resource, {})
    given |= {f"aws:ResourceTag/{k}": v for k, v in tagged.items()}
    given |= {"aws:PrincipalOrgID": "o-1"} if mine.member else {}
    given |= {"aws:ResourceOrgID": "o-1"} if member else {}
    policies = Policies.of(
        identity=identity,
        resource=on_resource,
        permissions_boundary=entity.permissions_boundary,
        session=session.policies,
        rcp=rcp if member and not free else None,
        scp=[list(model.root.scp), list(unit.scp), list(mine.scp)] if mine.member else None,
        vpc_endpoint=endpoint.policy if context else None,
        resource_kind="trust" if resource == ROLE else "resource",
    )
    return Request.of(principal, action, resource, given | context, owner), policies, model.management_account == A


@given(
    models(),
    st.sampled_from([MAYA, SESSION, FEDERATED]),
    st.sampled_from([("s3:GetObject", f"{BUCKET}/x"), ("s3:ListBucket", BUCKET), ("sts:AssumeRole", ROLE)]),
    st.sampled_from([{}, {"aws:SourceVpce": "vpce-1"}]),
)
def test_gathering_is_what_one_gathers_by_hand(
    model: Organization, principal: str, asked: tuple[str, str], context: dict[str, Any]
) -> None:
    """The same policies under the same labels, the same context, the same account (rules E7, B7, S5, R7, T11, T26)."""
    gathered = gather(model, principal, *asked, context)
    request, policies, management = by_hand(model, principal, *asked, context)
    assert gathered.policies == policies
    assert dict(gathered.request.context) == dict(request.context)
    assert gathered.request.resource_account == request.resource_account
    assert gathered.management_account == management
    assert set(gathered.origins) == {attached.label for attached in policies}


DOCUMENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
BAD = DOCUMENT | {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resorce": "*"}]}
GOOD: dict[str, Any] = {"principal": MAYA, "action": "s3:GetObject", "resource": f"{BUCKET}/x"}


def scenario(account: dict[str, Any], **organization: Any) -> dict[str, Any]:
    """A scenario whose organization has one account."""
    return GOOD | {"organization": {"accounts": {A: {"users": {"maya": {}}} | account}, **organization}}


IN = f"organization.accounts.{A}"
WRONG = [
    (GOOD | {"organization": []}, "wrong-type", "organization"),
    (GOOD | {"organization": {}}, "missing-field", "organization.accounts"),
    (GOOD | {"organization": {"accounts": {"12": {}}}}, "invalid-account", "organization.accounts.12"),
    (scenario({}) | {"policies": {}}, "two-forms", "policies"),
    (scenario({}) | {"management_account": True}, "two-forms", "management_account"),
    (scenario({}) | {"federated_by": MAYA}, "two-forms", "federated_by"),
    (scenario({}) | {"action": "s3:*"}, "invalid-request", "request"),
    (scenario({}) | {"principal": f"arn:aws:iam::{A}:user/mia"}, "unknown-name", "principal"),
    (scenario({}) | {"principal": f"arn:aws:iam::{A}:user/ml/maya"}, "unknown-name", "principal"),
    (scenario({}) | {"principal": f"arn:aws:iam::{B}:user/maya"}, "unknown-name", "principal"),
    (scenario({}) | {"principal": SESSION}, "unknown-name", "principal"),
    (scenario({}) | {"principal": FEDERATED}, "unknown-name", "principal"),
    (scenario({}) | {"resource_account": B}, "unknown-name", "resource_account"),
    (scenario({}, acounts={}), "unknown-field", "organization.acounts"),
    (scenario({"group": {}}), "unknown-field", f"{IN}.group"),
    (scenario({"users": {"maya": {"groups": ["g"]}}}), "unknown-name", f"{IN}.users.maya.groups"),
    (scenario({"users": {"maya": {"groups": [5]}}}), "wrong-type", f"{IN}.users.maya.groups[0]"),
    (scenario({"users": {"maya": {"path": "ml"}}}), "invalid-path", f"{IN}.users.maya.path"),
    (scenario({"users": {"maya": {"tags": {"a": 5}}}}), "wrong-type", f"{IN}.users.maya.tags.a"),
    (scenario({"users": []}), "wrong-type", f"{IN}.users"),
    (scenario({"member": "yes"}), "wrong-type", f"{IN}.member"),
    (scenario({"ou": "Research"}), "unknown-name", f"{IN}.ou"),
    (scenario({}, ous={"X": {"parent": "Y"}}), "unknown-name", "organization.ous.X.parent"),
    (scenario({}, ous={"X": {"parent": "X"}}), "unknown-name", "organization.ous.X.parent"),
    (scenario({}, management_account=B), "unknown-name", "organization.management_account"),
    (scenario({"roles": {"Train": {"policies": [BAD]}}}), "unknown-element", f"{IN}.roles.Train.policies[0]"),
    (scenario({"roles": {"Train": {"policies": [7]}}}), "wrong-type", f"{IN}.roles.Train.policies[0]"),
    (scenario({"scp": "Full"}), "missing-quotes", f"{IN}.scp[0]"),
    (scenario({"resources": {BUCKET: {"policy": BAD}}}), "missing-principal", f'{IN}.resources["{BUCKET}"].policy'),
    (GOOD | {"federated_by": MAYA}, "invalid-request", "request"),
    (GOOD | {"principal": FEDERATED, "federated_by": ROLE}, "invalid-request", "request"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "where"), WRONG, ids=[f"{i}-{row[2]}" for i, row in enumerate(WRONG)])
def test_wrong_organizations(data: Any, code: str, where: str) -> None:
    """An error is a sentence, with the path of the field."""
    error = run(data | {"id": "x"})["error"]
    assert (error["code"], error["where"]) == (code, where), error
    assert error["message"].endswith(".")


WHOLE = next(case for case in cases() if case["id"] == "organization/federated-and-boundary")
JUNK = st.sampled_from(
    [None, True, 0, -1.5, "", "x", "*", [], [None], {}, {"": {}}, {"x": 1}, "\ud800", [[]], {"Statement": []}]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a plain object."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for name, item in inner for deeper in places(item, (*path, name)))]


@given(st.sampled_from(places(WHOLE)[1:]), JUNK)
def test_whatever_stands_anywhere_ends_in_a_result(path: tuple[Any, ...], junk: Any) -> None:
    """A scenario with anything in any place is decided, or the error is a sentence with a path."""
    data = copy.deepcopy(WHOLE)
    at = data
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = junk
    result = run(data)
    assert "decision" in result or result["error"]["message"].endswith(".")


def test_errors_tell_what_would_be_right() -> None:
    """Near names, a user's own ARN."""
    assert (
        run(scenario({}) | {"principal": f"arn:aws:iam::{A}:user/may"})["error"]["help"] == "Perhaps `maya` is meant."
    )
    error = run(scenario({"users": {"maya": {"path": "/ml/"}}}))["error"]
    assert error["help"] == f"Its ARN is `arn:aws:iam::{A}:user/ml/maya`."


def test_a_result_says_where_a_statement_hangs() -> None:
    """The policy keeps the name that it has among its type; `origin` says where in the organization it stands."""
    data = scenario({"groups": {"scientists": {"policies": [DOCUMENT]}}, "users": {"maya": {"groups": "scientists"}}})
    statement = run(data)["statement"]
    assert (statement["policy"], statement["origin"]) == ("identity[0]", f"accounts.{A}.groups.scientists.policies[0]")


def test_models_in_python() -> None:
    """The classes are the format; a model that contradicts itself is refused as it is made."""
    model = Organization(accounts={A: Account(users={"maya": User(policies=(DOCUMENT,))})})
    gathered = gather(model, MAYA, "s3:GetObject", f"{BUCKET}/x")
    assert gathered.decide() == gathered.explain().decision
    assert gathered.decide().allowed
    assert gathered.policies.scp == Policies.of(scp=[[FULL_AWS_ACCESS]] * 2).scp
    with pytest.raises(ModelError, match="There is no group `g` here"):
        Organization(accounts={A: Account(users={"maya": User(groups=("g",))})})
