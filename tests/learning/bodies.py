"""Exercises to check answers against, one of each kind, and what answers are made of."""

import json
from pathlib import Path
from typing import Any

from iamlab.learning.exercise import Exercise
from iamlab.learning.kinds import Kind, kinds
from iamlab.learning.result import Result

ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
B = "arn:aws:s3:::ml-training-data-bucket"


def kind(body: dict[str, Any], tmp_path: Path | None = None) -> Kind:
    whole = {"title": "T", "topics": ["C4"], "points": 4, "task": "Do it now, please.", **body}
    path = (tmp_path or Path("nowhere")) / "exercises" / "04" / "sample.toml"
    if tmp_path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return kinds()[body["kind"]](Exercise("sample", "04", path, whole))


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = f"{B}/*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


READ_WRITE = {
    "kind": "policy",
    "wanted": [
        {"say": "Reads", "action": "s3:GetObject", "resource": f"{B}/*"},
        {"say": "Writes", "action": "s3:PutObject", "resource": f"{B}/*"},
    ],
}


def said(result: Result, of: str) -> str:
    return " ".join(one.text for one in result.feedback if one.kind == of)


DENY_DELETE = {"Effect": "Deny", "Action": "sagemaker:DeleteModel", "Resource": "*"}
SCENARIO = {"principal": ROLE, "policies": {"identity": [json.loads(document(allow("sagemaker:*", "*"), DENY_DELETE))]}}
MODEL = "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"
MESSAGE = (
    "User: arn:aws:sts::111122223333:assumed-role/TrainingRole/job is not authorized to perform: s3:GetObject on "
    f"resource: {B}/train.csv because no identity-based policy allows the s3:GetObject action"
)
BODIES: dict[str, dict[str, Any]] = {
    "policy": READ_WRITE,
    "predict": {
        "kind": "predict",
        "points": 6,
        "scenario": SCENARIO,
        "requests": [
            {"id": "create", "action": "sagemaker:CreateModel", "resource": MODEL},
            {"id": "delete", "action": "sagemaker:DeleteModel", "resource": MODEL},
            {"id": "read", "action": "s3:GetObject", "resource": f"{B}/x"},
        ],
    },
    "order": {
        "kind": "order",
        "scenario": {
            "principal": ROLE,
            "policies": {
                **SCENARIO["policies"],  # type: ignore[dict-item]
                "permissions_boundary": json.loads(document(allow("*", "*"))),
                "scp": [[json.loads(document(allow("*", "*")))]],
            },
        },
        "requests": [{"action": "s3:GetObject", "resource": f"{B}/x"}],
    },
    "items": {
        "kind": "order",
        "items": ["Draft it", "Check it", "Attach it"],
        "decoys": [{"text": "Print it", "why": "Nobody reads it on paper."}],
    },
    "match": {
        "kind": "match",
        "pairs": [
            {"id": "one", "left": "Has a password", "right": "A user", "why": "Only users have."},
            {"id": "two", "left": "Is assumed", "right": "A role", "why": "That is what roles are for."},
            {"id": "three", "left": "Gathers users", "right": "A group", "why": "That is what groups are for."},
        ],
        "spare": ["A bucket"],
    },
    "choose": {
        "kind": "choose",
        "scenario": SCENARIO,
        "requests": [{"action": "sagemaker:DeleteModel", "resource": MODEL}],
        "options": [
            {"id": "yes", "text": "Allowed", "decision": "allowed", "why": "The Deny matches too."},
            {"id": "no", "text": "Explicit deny", "decision": "explicitDeny"},
            {"id": "silence", "text": "Implicit deny", "decision": "implicitDeny", "why": "A statement speaks."},
        ],
    },
    "diagnose": {
        "kind": "diagnose",
        "message": MESSAGE,
        "questions": [
            {
                "id": "policy_type",
                "question": "Which policy?",
                "options": [
                    {"id": "identity", "text": "Identity-based"},
                    {"id": "scp", "text": "SCP", "why": "The message names another."},
                ],
            },
            {
                "id": "fix",
                "question": "What mends it?",
                "options": [
                    {"id": "allow", "text": "An Allow", "right": True},
                    {"id": "deny", "text": "A Deny less", "why": "No Deny is at work."},
                ],
            },
        ],
        "proof": [
            {
                "option": "allow",
                "principal": ROLE,
                "action": "s3:GetObject",
                "resource": f"{B}/train.csv",
                "policies": {"identity": [json.loads(document(allow("s3:GetObject")))]},
                "expect": "allowed",
            }
        ],
    },
}
