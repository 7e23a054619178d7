"""CloudTrail's records, read into a DataFrame of requests, and the refusals among them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from iamlab.diagnosis import TrailError, cloudtrail, denials, read_trail
from iamlab.diagnosis.cloudtrail import COLUMNS, trail_of
from iamlab.evaluation import Policies
from iamlab.evaluation.many import decide_frame
from iamlab.evaluation.organization import Account, Organization, Role
from tests.diagnosis.records import ACCOUNT, BUCKET, READ, REFUSED, ROLE, SESSION, TRAIN, record

KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
FULL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
SCP_DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}}


def write(path: Path, value: Any) -> Path:
    """Write a value as JSON, packed where the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


SHAPES = {
    "records": {"Records": [READ, TRAIN]},
    "list": [READ, TRAIN],
    "lookup-events": {"Events": [{"EventId": "1", "CloudTrailEvent": json.dumps(one)} for one in (READ, TRAIN)]},
    "lines": f"{json.dumps(READ)}\n{json.dumps(TRAIN)}\n",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", ["trail.json", "trail.json.gz"])
def test_shapes(shape: Any, name: str, tmp_path: Path) -> None:
    """Each shape in which records come gives the same requests, packed or not."""
    frame = read_trail(write(tmp_path / name, shape))
    assert list(frame.columns) == list(COLUMNS)
    assert set(frame["operation"]) == {"GetObject", "CreateTrainingJob"}


@pytest.mark.parametrize("value", [READ, {"CloudTrailEvent": json.dumps(READ)}], ids=["record", "event"])
def test_a_single_record(value: Any, tmp_path: Path) -> None:
    """One record, or one event of `lookup-events`, is a trail."""
    assert len(read_trail(write(tmp_path / "one.json", value))) == 1


def test_a_folder_as_aws_writes_it(tmp_path: Path) -> None:
    """A folder is read whole, without the digests beside the records."""
    day = tmp_path / "AWSLogs" / ACCOUNT / "CloudTrail" / "eu-west-1" / "2026" / "03" / "04"
    write(day / f"{ACCOUNT}_CloudTrail_eu-west-1_20260304T0510Z_abc.json.gz", {"Records": [READ]})
    write(day / f"{ACCOUNT}_CloudTrail_eu-west-1_20260304T0515Z_def.json.gz", {"Records": [REFUSED]})
    write(tmp_path / "AWSLogs" / ACCOUNT / "CloudTrail-Digest" / "eu-west-1" / "d.json.gz", {"digest": "x"})
    write(tmp_path / "notes.txt", "not a trail")
    frame = read_trail(tmp_path)
    assert list(frame["action"]) == ["s3:GetObject", "s3:PutObject"]
    assert frame.attrs["problems"] == ()


BROKEN = {
    "word.json": ("hello", "is no JSON"),
    "empty.json": ("", "holds no record"),
    "other.json": ('{"a": 1}', "holds no record"),
    "deep.json": ("[" * 200_000, "nested too deeply"),
}


@pytest.mark.parametrize(("name", "content", "says"), [(k, *v) for k, v in BROKEN.items()], ids=list(BROKEN))
def test_a_bad_file_is_named_and_the_rest_kept(name: str, content: str, says: str, tmp_path: Path) -> None:
    """A file that cannot be read is named with what is wrong; all others are read."""
    write(tmp_path / name, content)
    write(tmp_path / "good.json", READ)
    frame = read_trail(tmp_path)
    assert len(frame) == 1
    (problem,) = frame.attrs["problems"]
    assert name in problem
    assert says in problem


def test_damaged_gzip(tmp_path: Path) -> None:
    """Gzip that breaks off is said to be so."""
    path = write(tmp_path / "a.json.gz", {"Records": [READ] * 50})
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TrailError, match="breaks off"):
        read_trail(path)


def test_a_gzip_bomb_is_left_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks into more than the limit is not read, however small it is packed."""
    monkeypatch.setattr(cloudtrail, "MAX_BYTES", 1_000_000)
    write(tmp_path / "bomb.json.gz", " " * 50_000_000)
    with pytest.raises(TrailError, match="larger than"):
        read_trail(tmp_path)


def test_nothing_to_read(tmp_path: Path) -> None:
    """A missing file and an empty folder are told."""
    with pytest.raises(TrailError, match="No such file"):
        read_trail(tmp_path / "no.json")
    with pytest.raises(TrailError, match="without files"):
        read_trail(tmp_path)


def test_a_limit_of_records(tmp_path: Path) -> None:
    """No more records are read than asked for, and that is said."""
    frame = read_trail(write(tmp_path / "a.json", {"Records": [READ] * 5}), most=3)
    assert len(frame) == 3
    assert "first 3 records" in frame.attrs["problems"][0]


# record, then each request's action, resource, whether logged
REQUESTS = [
    (READ, [("s3:GetObject", f"arn:aws:s3:::{BUCKET}/train.csv", True)]),
    (
        record("s3", "HeadObject", {"bucketName": BUCKET, "key": "a b/c.csv"}),
        [("s3:GetObject", f"arn:aws:s3:::{BUCKET}/a b/c.csv", True)],
    ),
    (
        record("s3", "GetObject", {"bucketName": BUCKET, "key": "x", "versionId": "3HL4"}),
        [("s3:GetObjectVersion", f"arn:aws:s3:::{BUCKET}/x", True)],
    ),
    (record("s3", "ListObjects", {"bucketName": BUCKET}), [("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", True)]),
    (record("s3", "ListBuckets"), [("s3:ListAllMyBuckets", "*", True)]),
    (
        TRAIN,
        [
            ("sagemaker:CreateTrainingJob", f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}:training-job/churn", True),
            ("iam:PassRole", ROLE, False),
            ("sagemaker:AddTags", f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}:training-job/churn", False),
        ],
    ),
    (
        record("sagemaker", "DescribeTrainingJob", {"trainingJobName": "churn"}),
        [("sagemaker:DescribeTrainingJob", f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}:training-job/churn", True)],
    ),
    (
        record("kms", "Decrypt", {}, resources=[{"ARN": KEY, "type": "AWS::KMS::Key", "accountId": ACCOUNT}]),
        [("kms:Decrypt", KEY, True)],
    ),
    (
        record("bedrock", "Converse", {"modelId": "amazon.nova-lite-v1:0"}),
        [("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0", True)],
    ),
    (
        record("bedrock", "InvokeModel", {"modelId": "eu.amazon.nova-lite-v1:0"}),
        [
            (
                "bedrock:InvokeModel",
                f"arn:aws:bedrock:eu-west-1:{ACCOUNT}:inference-profile/eu.amazon.nova-lite-v1:0",
                True,
            )
        ],
    ),
    (
        record("glue", "GetTable", {"databaseName": "churn", "name": "train"}),
        [
            ("glue:GetTable", f"arn:aws:glue:eu-west-1:{ACCOUNT}:catalog", True),
            ("glue:GetTable", f"arn:aws:glue:eu-west-1:{ACCOUNT}:database/churn", True),
            ("glue:GetTable", f"arn:aws:glue:eu-west-1:{ACCOUNT}:table/churn/train", True),
        ],
    ),
    (
        record("secretsmanager", "GetSecretValue", {"secretId": "churn"}),
        [("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:churn-??????", True)],
    ),
    (
        record("sqs", "SendMessage", {"queueUrl": f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs"}),
        [("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs", True)],
    ),
    (
        record("lambda", "CreateFunction20150331", {"functionName": "score", "role": ROLE}),
        [
            ("lambda:CreateFunction", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:score", True),
            ("iam:PassRole", ROLE, False),
        ],
    ),
    (record("sts", "GetCallerIdentity"), []),
    (record("signin", "ConsoleLogin"), []),
    (record("kms", "RotateKey", eventType="AwsServiceEvent"), []),
]


@pytest.mark.parametrize(("one", "expected"), REQUESTS, ids=[row[0]["eventID"] for row in REQUESTS])
def test_requests_of_a_record(one: dict[str, Any], expected: list[tuple[str, str, bool]]) -> None:
    """A record stands for the requests that its call makes: actions, not operations, on the resources that it names."""
    frame = trail_of([one])
    rows = list(zip(frame["action"], frame["resource"], frame["logged"], strict=True))
    assert sorted(rows) == sorted(expected)
    assert frame["known"].all()


def test_an_unknown_resource_is_said_to_be_so() -> None:
    """Where the record does not tell the resource, it is `*`, and not known."""
    frame = trail_of([record("s3", "GetObject", {})])
    assert list(zip(frame["resource"], frame["known"], strict=True)) == [("*", False)]


def test_owner_and_context() -> None:
    """Who owns the resource, and the context keys that a record tells (section K)."""
    one = READ | {"vpcEndpointId": "vpce-1a2b3c4d", "tlsDetails": {"tlsVersion": "TLSv1.3"}}
    row = trail_of([one]).iloc[0]
    assert row["resource_account"] == "444455556666"
    assert row["context"] == {
        "aws:VpcSourceIp": "203.0.113.7",
        "aws:SourceVpce": "vpce-1a2b3c4d",
        "aws:SecureTransport": "true",
        "aws:UserAgent": "Boto3/1.44",
        "aws:CurrentTime": "2026-03-04T05:06:07Z",
        "aws:RequestedRegion": "eu-west-1",
        "aws:userid": "AROAEXAMPLE:job",
        "aws:MultiFactorAuthPresent": "false",
        "aws:TokenIssueTime": "2026-03-04T05:00:00Z",
    }


def test_a_key_used_by_a_service() -> None:
    """A key used through a service has `kms:ViaService`, and its encryption context."""
    identity = READ["userIdentity"] | {"invokedBy": "s3.amazonaws.com"}
    parameters = {"encryptionContext": {"aws:s3:arn": f"arn:aws:s3:::{BUCKET}"}}
    context = trail_of([record("kms", "Decrypt", parameters, userIdentity=identity)]).iloc[0]["context"]
    assert context["kms:ViaService"] == "s3.eu-west-1.amazonaws.com"
    assert context["kms:EncryptionContext:aws:s3:arn"] == f"arn:aws:s3:::{BUCKET}"


@pytest.mark.parametrize(
    ("identity", "principal"),
    [
        ({"type": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/maya"}, f"arn:aws:iam::{ACCOUNT}:user/maya"),
        ({"type": "Root", "accountId": ACCOUNT}, f"arn:aws:iam::{ACCOUNT}:root"),
        ({"type": "AWSService", "invokedBy": "sagemaker.amazonaws.com"}, "sagemaker.amazonaws.com"),
        ({"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"}, "anonymous"),
        (None, ""),
    ],
    ids=["user", "root", "service", "anonymous", "none"],
)
def test_principals(identity: Any, principal: str) -> None:
    """Each type of identity is told as a request names it."""
    assert trail_of([READ | {"userIdentity": identity}]).iloc[0]["principal"] == principal


def test_a_trail_can_be_decided() -> None:
    """A trail is a DataFrame of requests: `decide_frame` takes it."""
    frame = trail_of([READ, TRAIN, REFUSED])
    decided = decide_frame(frame[list(COLUMNS[1:6])], Policies.of(identity=FULL), progress=False)
    assert len(decided) == len(frame)


# Refusals


def test_refusals() -> None:
    """A row for each refusal that differs, with its step and what would allow it; the same ones are counted."""
    later = REFUSED | {"eventID": "later", "eventTime": "2026-03-05T05:06:07Z"}
    bare = record("s3", "HeadObject", {"bucketName": BUCKET, "key": "x"}, errorCode="AccessDenied")
    found = denials(trail_of([READ, REFUSED, later, bare]))
    assert list(found["times"]) == [2, 1]
    first, second = found.iloc[0], found.iloc[1]
    assert (first["principal"], first["action"], first["step"]) == (SESSION, "s3:PutObject", "permissions boundary")
    assert first["draft"]["Resource"] == f"arn:aws:s3:::{BUCKET}/model.tar.gz"
    assert (first["first"].day, first["last"].day) == (4, 5)
    assert (second["action"], second["step"], second["allow_can_help"]) == ("s3:GetObject", None, None)


def test_other_failures_are_no_refusals() -> None:
    """A call that failed for another reason was not refused."""
    assert len(denials(trail_of([READ | {"errorCode": "NoSuchKey", "errorMessage": "The key does not exist."}]))) == 0


def test_a_role_that_was_not_passed() -> None:
    """The message tells which of a call's requests was refused."""
    message = (
        f"User: {SESSION} is not authorized to perform: iam:PassRole on resource: {ROLE} because no identity-based"
    )
    one = TRAIN | {
        "errorCode": "AccessDeniedException",
        "errorMessage": f"{message} policy allows the iam:PassRole action",
    }
    (row,) = denials(trail_of([one])).to_dict("records")
    assert (row["action"], row["resource"], row["operation"]) == ("iam:PassRole", ROLE, "CreateTrainingJob")
    assert row["draft"]["Condition"] == {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}


def test_refusals_decided_with_policies() -> None:
    """Where the message tells no step, the given policies do, with the changes that together would help."""
    bare = record("s3", "PutObject", {"bucketName": BUCKET, "key": "x"}, errorCode="AccessDenied")
    policies = Policies.of(identity=[], scp=[[FULL, SCP_DENY]])
    (row,) = denials(trail_of([bare]), policies).to_dict("records")
    assert (row["decided"], row["step"]) == ("explicitDeny", "deny evaluation")
    assert [change["step"] for change in row["fix"]] == ["deny evaluation", "identity-based policies"]
    assert row["fix"][1]["allow"]["Action"] == "s3:PutObject"


def test_refusals_decided_with_a_model() -> None:
    """A model of the accounts gathers the policies; a caller that it does not have is left undecided."""
    bare = record("s3", "PutObject", {"bucketName": BUCKET, "key": "x"}, errorCode="AccessDenied")
    model = Organization(accounts={ACCOUNT: Account(roles={"TrainingRole": Role(trust=None)})})
    (row,) = denials(trail_of([bare]), model).to_dict("records")
    assert (row["decided"], row["step"]) == ("implicitDeny", "identity-based policies")
    (row,) = denials(trail_of([bare]), Organization(accounts={})).to_dict("records")
    assert row["decided"] is None
