"""Random worlds over small alphabets: requests, and policies of every type that can have a say in them."""

from typing import Any

from hypothesis import strategies as st

from iamlab.evaluation import Policies, Request

A, B = "111122223333", "444455556666"
PRINCIPALS = [
    f"arn:aws:iam::{A}:user/maya",
    f"arn:aws:iam::{A}:role/Train",
    f"arn:aws:sts::{A}:assumed-role/Train/job",
    f"arn:aws:sts::{A}:federated-user/maya",
    f"arn:aws:iam::{A}:root",
    f"arn:aws:iam::{B}:role/Train",
    {"Service": "sagemaker.amazonaws.com"},
    "anonymous",
]
ACTIONS = [
    "s3:GetObject",
    "s3:PutObject",
    "kms:Decrypt",
    "kms:DisableKey",
    "sts:AssumeRole",
    "iam:GetRole",
    "sagemaker:CreateModel",
]
RESOURCES = ["arn:aws:s3:::b/x", "arn:aws:s3:::b", f"arn:aws:kms:eu-west-1:{A}:key/1", f"arn:aws:iam::{A}:role/R", "*"]
NAMED = [A, B, *(name for name in PRINCIPALS if isinstance(name, str) and name.startswith("arn:"))]
TESTS = [
    {"StringEquals": {"aws:PrincipalTag/team": "ml"}},
    {"StringNotEquals": {"aws:PrincipalTag/team": ["ml", "web"]}},
    {"StringLikeIfExists": {"aws:username": "m*"}},
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}},
    {"ForAnyValue:StringNotLike": {"aws:TagKeys": "t*"}},
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:SecureTransport": "true"}},
    {"Null": {"aws:MultiFactorAuthPresent": "true"}},
    {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{A}:role/*"}},
    {},
]
CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "aws:PrincipalTag/team": st.sampled_from(["ml", "web", "*", ""]),
        "aws:TagKeys": st.lists(st.sampled_from(["team", "cost", "x", ""]), max_size=3),
        "aws:SourceIp": st.sampled_from(["203.0.113.9", "198.51.100.1", "2001:db8::1", "none"]),
        "aws:SecureTransport": st.booleans(),
        "aws:TokenIssueTime": st.just("2026-11-24T10:00:00Z"),
        "aws:MultiFactorAuthPresent": st.booleans(),
    },
)


def several(values: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), max_size=3, unique=True)


ACTION = several(["*", "s3:*", "S3:Get?bject", "kms:*", "sts:Assume*", *ACTIONS])
RESOURCE = several(
    ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3", f"arn:aws:*:*:{A}:*", *RESOURCES]
)
PRINCIPAL = (
    st.just("*")
    | several(["*", *NAMED]).map(lambda who: {"AWS": who})
    | st.just({"Service": "sagemaker.amazonaws.com"})
)


@st.composite
def statements(
    draw: st.DrawFn, kind: str = "identity", *, effects: tuple[str, ...] = ("Allow", "Allow", "Deny")
) -> dict[str, Any]:
    """A statement that a kind of policy takes."""
    statement: dict[str, Any] = {"Effect": draw(st.sampled_from(effects))}
    statement[draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))] = draw(ACTION)
    if kind != "trust":
        statement[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(RESOURCE)
    if kind in {"resource", "trust", "vpc_endpoint"}:
        spared = kind == "resource" and statement["Effect"] == "Deny" and draw(st.booleans())
        statement["NotPrincipal" if spared else "Principal"] = draw(PRINCIPAL)
    if draw(st.booleans()):
        statement["Condition"] = draw(st.sampled_from(TESTS))
    return statement


def documents(kind: str = "identity") -> st.SearchStrategy[dict[str, Any]]:
    """A policy of a kind."""
    if kind == "rcp":
        return st.sampled_from([RCP_FULL, RCP_DENY])
    version = st.sampled_from(["2012-10-17"] if kind == "scp" else ["2012-10-17", "2008-10-17"])
    return st.builds(lambda v, s: {"Version": v, "Statement": s}, version, st.lists(statements(kind), max_size=3))


RCP_FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
RCP_DENY = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": TESTS[1]},
}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario without expectation, as plain data."""
    action = draw(st.sampled_from(ACTIONS))
    resource = draw(st.sampled_from(RESOURCES))
    kind = "trust" if action.startswith("sts:") and ":role/" in resource else "resource"
    levels = {name: st.none() | st.lists(st.lists(documents(name), max_size=2), max_size=2) for name in ("scp", "rcp")}
    policies = {
        "identity": st.lists(documents(), max_size=2),
        "resource": st.none() | documents(kind),
        "permissions_boundary": st.none() | documents(),
        "session": st.lists(documents(), max_size=2),
        "vpc_endpoint": st.none() | st.none() | documents("vpc_endpoint"),
        **levels,
    }
    return {
        "principal": draw(st.sampled_from(PRINCIPALS)),
        "action": action,
        "resource": resource,
        "context": draw(CONTEXTS),
        "resource_account": draw(st.sampled_from([None, A, B])),
        "management_account": draw(st.booleans()),
        "policies": {name: draw(strategy) for name, strategy in policies.items()},
    }


@st.composite
def asked(draw: st.DrawFn, like: dict[str, Any]) -> dict[str, Any]:
    """Another request to the policies of a world: some of its parts are others."""
    parts = {
        "principal": st.sampled_from(PRINCIPALS),
        "action": st.sampled_from(
            [
                *ACTIONS,
                "S3:getobject",
                "kms:RetireGrant",
                "sts:GetCallerIdentity",
                "sts:GetSessionToken",
                "iam:PassRole",
                "s3:GetBucketPolicy",
            ]
        ),
        "resource": st.sampled_from(RESOURCES),
        "context": CONTEXTS | CONTEXTS.map(lambda context: {key.upper(): value for key, value in context.items()}),
        "resource_account": st.sampled_from([None, A, B]),
    }
    changed = draw(st.sets(st.sampled_from(sorted(parts)), min_size=1))
    return like | {name: draw(parts[name]) for name in parts if name in changed}


def prepared(world: dict[str, Any]) -> tuple[Request, Policies, bool]:
    """Return a world's request and policies as the evaluator takes them."""
    kind = "trust" if world["action"].startswith("sts:") and ":role/" in world["resource"] else "resource"
    fields = ("principal", "action", "resource", "context", "resource_account")
    request = Request.of(**{name: world[name] for name in fields})
    return request, Policies.of(**world["policies"], resource_kind=kind), world["management_account"]
