"""Comparison: pairs with known answers, what must hold of any pair, and what witnesses are like."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlab.aws.catalogue import applies, find_action
from iamlab.aws.managed import managed_policy
from iamlab.comparison import Budget, Witness, compare, may
from iamlab.evaluation import Policies, Request, decide
from iamlab.policy import PolicyError
from tests.comparison.small import RESOURCE_PATTERNS, TESTS, pairs, statements

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()]
OPPOSITE = {"wider": "narrower", "narrower": "wider"}
BUCKET = "arn:aws:s3:::ml-training-data-bucket"
ROLE = "arn:aws:iam::111122223333:role/TrainingRole"
Document = dict[str, Any]


def policy(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: Any, resource: Any = f"{BUCKET}/*", **condition: Any) -> Document:
    return {
        "Effect": "Allow",
        "Action": action,
        "Resource": resource,
        **({"Condition": condition} if condition else {}),
    }


def deny(action: Any, resource: Any = "*", **condition: Any) -> Document:
    return {**allow(action, resource, **condition), "Effect": "Deny"}


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_known_answers(pair: Document) -> None:
    """Each pair has the relation that its reason says, and the opposite one the other way round."""
    assert compare(pair["first"], pair["second"], kind=pair["kind"]).relation == pair["relation"]
    turned = compare(pair["second"], pair["first"], kind=pair["kind"]).relation
    assert turned == OPPOSITE.get(pair["relation"], pair["relation"])


def test_the_table_is_large_enough() -> None:
    """At least sixty pairs, of every relation and of every kind that the comparison puts in its place by itself."""
    assert len(PAIRS) >= 60
    assert {pair["relation"] for pair in PAIRS} == {"equal", "narrower", "wider", "overlapping"}
    kinds = {"identity", "resource", "trust", "permissions_boundary", "session", "scp", "rcp"}
    assert {pair["kind"] for pair in PAIRS} == kinds


class TestProperties:
    @settings(max_examples=200)
    @given(pairs())
    def test_a_policy_equals_itself(self, pair: tuple[Document, Document]) -> None:
        """`a` is equal to `a`, with its statements turned around too."""
        first, _ = pair
        turned = {**first, "Statement": first["Statement"][::-1]}
        assert compare(first, turned).relation == "equal"

    @settings(max_examples=200)
    @given(pairs())
    def test_more_allows_are_never_less(self, pair: tuple[Document, Document]) -> None:
        """`a` is never wider than `a` with further Allows."""
        first, second = pair
        more = [one for one in second["Statement"] if one["Effect"] == "Allow"]
        assert compare(first, policy(*first["Statement"], *more)).relation in {"equal", "narrower"}

    @settings(max_examples=200)
    @given(pairs())
    def test_a_deny_never_widens(self, pair: tuple[Document, Document]) -> None:
        """`a` with a further Deny is never wider than `a`."""
        first, second = pair
        more = [{**one, "Effect": "Deny"} for one in second["Statement"]]
        assert compare(policy(*first["Statement"], *more), first).relation in {"equal", "narrower"}

    @settings(max_examples=200)
    @given(pairs())
    def test_turning_a_pair_around_turns_the_answer(self, pair: tuple[Document, Document]) -> None:
        """Narrower becomes wider, and the witnesses change sides."""
        there, back = compare(*pair), compare(*reversed(pair))
        assert back.relation == OPPOSITE.get(there.relation, there.relation)
        assert bool(back.only_first) == bool(there.only_second)

    @settings(max_examples=200)
    @given(statements(RESOURCE_PATTERNS, TESTS), st.data())
    def test_splitting_a_statement_changes_nothing(self, statement: Document, data: st.DataObject) -> None:
        """One statement for each action and resource is the same as one for all, where the lists are positive."""
        actions = statement.get("Action", [statement.get("NotAction")])
        resources = statement.get("Resource", [statement.get("NotResource")])
        rest = {key: value for key, value in statement.items() if "Action" not in key and "Resource" not in key}
        action, resource = (next(key for key in statement if word in key) for word in ("Action", "Resource"))
        parts = [{**rest, action: a, resource: r} for a in actions for r in resources]
        base = data.draw(st.sampled_from([[], [allow("*", "*")]]))
        assert compare(policy(*base, statement), policy(*base, *parts)).relation == "equal"


def witnesses(first: Any, second: Any, **options: Any) -> tuple[Witness, ...]:
    return compare(first, second, **options).only_first


class TestWitnesses:
    def test_is_a_real_request(self) -> None:
        """A real action on an ARN that it works on, with the smallest context, that the evaluator decides so."""
        (witness,) = witnesses(policy(allow("s3:*")), policy(allow("s3:Get*")))
        assert find_action(witness.action) is not None
        assert applies(witness.action, witness.resource).answer
        assert witness.plausible
        assert (witness.context, witness.first, witness.second) == ({}, "allowed", "implicitDeny")

    def test_the_example_of_the_interface(self) -> None:
        """A policy that may also delete is shown deleting an object of that bucket."""
        (witness,) = witnesses(policy(allow(["s3:GetObject", "s3:DeleteObject"])), policy(allow("s3:GetObject")))
        assert (witness.action, witness.resource) == ("s3:DeleteObject", f"{BUCKET}/train.csv")

    def test_one_for_each_way_of_differing(self) -> None:
        """Two statements too many are two witnesses; what a third takes in that is allowed anyway is none."""
        first = policy(allow("s3:PutObject"), allow("iam:CreateUser", "*"), allow("s3:GetObject", f"{BUCKET}/a"))
        found = witnesses(first, policy(allow("s3:GetObject")))
        assert [one.action for one in found] == ["s3:PutObject", "iam:CreateUser"]

    def test_names_the_other_actions(self) -> None:
        """Further actions of which the same holds are told with it."""
        (witness,) = witnesses(policy(allow(["s3:PutObject", "s3:DeleteObject"])), policy())
        assert witness.also == ("s3:DeleteObject",)

    def test_explicit_deny_is_told(self) -> None:
        """On the other side an explicit deny is an explicit deny."""
        (witness,) = witnesses(policy(allow("s3:GetObject")), policy(allow("s3:GetObject"), deny("s3:*")))
        assert witness.second == "explicitDeny"

    def test_context_only_where_it_is_needed(self) -> None:
        """A key that makes no difference is left out; one that does is as AWS writes it."""
        first = policy(allow("s3:GetObject", StringEquals={"AWS:principaltag/team": "ml"}))
        (witness,) = witnesses(policy(*first["Statement"], deny("*", StringEquals={"aws:username": "maya"})), policy())
        assert witness.context == {"AWS:principaltag/team": "ml"}

    def test_implausible_ones_are_said_to_be(self) -> None:
        """A request that AWS does not make is a difference, is said to be none that matters, and can be left out."""
        first, second = policy(allow("s3:GetObject", [BUCKET, f"{BUCKET}/*"])), policy(allow("s3:GetObject"))
        (witness,) = witnesses(first, second)
        assert (witness.resource, witness.plausible) == (BUCKET, False)
        assert compare(first, second, only_plausible=True).relation == "equal"

    def test_unknown_actions_count(self) -> None:
        """A wildcard covers what AWS may add one day; such a witness is implausible, and can be left out."""
        names = ["s3:PutBucketVersioning", "s3:PutBucketWebsite"]
        first, second = policy(allow("s3:PutBucket[VW]*".replace("[VW]", "We"), "*")), policy(allow(names[1], "*"))
        (witness,) = witnesses(first, second)
        assert find_action(witness.action) is None
        assert not witness.plausible
        assert compare(first, second, only_plausible=True).relation == "equal"

    def test_any_action_on_a_bucket(self) -> None:
        """Where `Action` is `*`, the actions of the services that the resources name count as well."""
        first, second = policy(allow("*")), policy(allow(["s3:GetObject", "s3:PutObject"]))
        (witness,) = witnesses(first, second, only_plausible=True)
        assert (witness.action, witness.resource) == ("s3:DeleteObject", f"{BUCKET}/train.csv")

    def test_another_bucket_is_ordinary(self) -> None:
        """What is allowed beyond one bucket is shown on another bucket."""
        (witness,) = witnesses(policy(allow("s3:GetObject", "*")), policy(allow("s3:GetObject")))
        assert witness.resource == "arn:aws:s3:::another-bucket/train.csv"

    def test_key_policies_are_supposed_and_said(self) -> None:
        """No identity-based policy opens a KMS key alone (rule T14): the key policy that was supposed is told."""
        key = "arn:aws:kms:us-east-1:111122223333:key/1234"
        (witness,) = witnesses(policy(allow("kms:Decrypt", key)), policy())
        request = Request.of(ROLE, witness.action, witness.resource)
        assert not decide(request, Policies.of(identity=policy(allow("kms:Decrypt", key)))).allowed
        with_it = Policies.of(identity=policy(allow("kms:Decrypt", key)), resource=witness.resource_policy)
        assert decide(request, with_it).allowed

    def test_other_accounts_are_told(self) -> None:
        """A resource whose ARN names another account says whose it is supposed to be."""
        (witness,) = witnesses(policy(allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:444455556666:jobs")), policy())
        assert witness.resource_account == "111122223333"

    def test_other_partitions(self) -> None:
        """Documents of another partition are compared in it."""
        (witness,) = witnesses(policy(allow("s3:GetObject", "arn:aws-cn:s3:::b/*")), policy())
        assert witness.principal == "arn:aws-cn:iam::111122223333:role/TrainingRole"

    @settings(max_examples=150)
    @given(pairs())
    def test_no_context_key_is_idle(self, pair: tuple[Document, Document]) -> None:
        """Without any one of its keys, a witness no longer shows what it shows."""
        sides = [Policies.of(identity=one) for one in pair]
        found = compare(*pair)
        for witness in (*found.only_first, *found.only_second):
            decided = [decision.allowed for decision in witness.decisions]
            for left_out in witness.context:
                context = {key: value for key, value in witness.context.items() if key != left_out}
                request = Request.of(ROLE, witness.action, witness.resource, context, witness.resource_account)
                assert [decide(request, one).allowed for one in sides] != decided


class TestCallers:
    def test_named_in_a_condition_alone(self) -> None:
        """A bucket policy for everyone under a condition on who it is differs from one that names nobody."""
        mine = {**allow("s3:GetObject", ArnEquals={"aws:PrincipalArn": ROLE}), "Principal": "*"}
        other = {**allow("s3:GetObject", ArnEquals={"aws:PrincipalArn": f"{ROLE}2"}), "Principal": "*"}
        assert compare(policy(mine), policy(), kind="resource").relation == "wider"
        assert compare(policy(mine), policy(other), kind="resource").relation == "overlapping"

    def test_nobody_has_an_arn_of_a_role(self) -> None:
        """An anonymous request carries no `aws:PrincipalArn` (rule K1), nor does a service's."""
        role = "arn:aws:iam::444455556666:role/Reader"
        named = {**allow("s3:GetObject"), "Principal": {"AWS": role}}
        anyone = {**allow("s3:GetObject", ArnEquals={"aws:PrincipalArn": role}), "Principal": "*"}
        found = compare(policy(anyone), policy(named), kind="resource")
        assert all(witness.principal != "anonymous" for witness in found.only_first)
        assert found.relation == "equal"

    def test_named_by_patterns_in_a_condition(self) -> None:
        """A role that fits one pattern and not the other is looked for."""

        def fits(pattern: str) -> Document:
            return policy({**allow("s3:GetObject", ArnLike={"aws:PrincipalArn": pattern}), "Principal": "*"})

        wide, narrow = (fits(f"arn:aws:iam::444455556666:role/{name}") for name in ("ml-*", "ml-train*"))
        assert compare(wide, narrow, kind="resource").relation == "wider"

    def test_an_account_under_a_condition_is_its_role(self) -> None:
        """Naming the account, and the role in a condition, gives what naming the role gives (in another account)."""
        role = "arn:aws:iam::444455556666:role/Reader"
        named = {**allow("s3:GetObject"), "Principal": {"AWS": role}}
        held = {**allow("s3:GetObject", ArnEquals={"aws:PrincipalArn": role}), "Principal": {"AWS": "444455556666"}}
        assert compare(policy(named), policy(held), kind="resource").relation == "equal"

    def test_a_service_that_there_is_not(self) -> None:
        """A name in capitals is no service's: nobody makes a request under it."""
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "SageMaker.amazonaws.com"}}
        assert compare(policy(trust), policy(), kind="trust").relation == "equal"


def test_a_missing_key_does_not_hide_a_variable() -> None:
    """A value that meets a variable is not lost behind the missing key: it is found, or left undecided."""
    condition = {
        "StringEquals": {"aws:RequestTag/a": "${datazone:userId}"},
        "StringNotLike": {"aws:RequestTag/a": "x*"},
    }
    held = policy(allow("s3:GetObject", "*", **condition))
    request = Request.of(ROLE, "s3:GetObject", f"{BUCKET}/y", {"aws:RequestTag/a": "q", "datazone:userId": "q"})
    assert decide(request, Policies.of(identity=held)).allowed
    assert compare(held, policy()).relation in {"wider", "undecided"}
    assert may(held).answer is not False


class TestEffectivePermissions:
    def test_a_boundary_takes_away(self) -> None:
        """Identity-based policy and boundary allow together what both allow (rule B2)."""
        wide = Policies.of(identity=policy(allow("s3:*")))
        bounded = Policies.of(identity=policy(allow("s3:*")), permissions_boundary=policy(allow("s3:Get*", "*")))
        found = compare(bounded, wide, principal=ROLE)
        assert found.relation == "narrower"
        assert found.only_second[0].decisions[0].step == "permissions boundary"

    def test_an_scp_for_an_scp(self) -> None:
        """A deny list and an allow list that say the same are equal."""
        identity = policy(allow("*", "*"))
        others = {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}
        one = Policies.of(identity=identity, scp=[[policy(allow("*", "*"), others)]])
        two = Policies.of(identity=identity, scp=[[policy(allow("*", "*"))], [policy(allow("s3:*", "*"))]])
        assert compare(one, two, principal=ROLE).relation == "equal"

    def test_a_bucket_policy_may_give_what_the_identity_does_not(self) -> None:
        """In one account, either policy is enough (rule E16)."""
        bucket = policy({**allow("s3:GetObject"), "Principal": {"AWS": ROLE}})
        one = Policies.of(identity=policy(allow("s3:GetObject", f"{BUCKET}/*")))
        assert compare(one, Policies.of(resource=bucket), principal=ROLE).relation == "equal"

    def test_across_accounts_both_are_needed(self) -> None:
        """With the bucket in another account neither is enough alone (rule X2)."""
        bucket = policy({**allow("s3:GetObject"), "Principal": {"AWS": ROLE}})
        nothing, both = Policies(), Policies.of(identity=policy(allow("s3:GetObject")), resource=bucket)
        options = {"principal": ROLE, "resource_account": "444455556666"}
        assert compare(Policies.of(resource=bucket), nothing, **options).relation == "equal"
        assert compare(both, nothing, **options).relation == "wider"

    def test_keys_that_follow_from_the_principal_are_fixed(self) -> None:
        """With a principal, a condition on who it is holds or does not."""
        mine = policy(allow("s3:GetObject", ArnLike={"aws:PrincipalArn": ROLE}))
        other = policy(allow("s3:GetObject", ArnLike={"aws:PrincipalArn": f"{ROLE}2"}))
        one, two, plain = (Policies.of(identity=some) for some in (mine, other, policy(allow("s3:GetObject"))))
        assert compare(one, plain, principal=ROLE).relation == "equal"
        assert compare(two, Policies(), principal=ROLE).relation == "equal"

    def test_management_account(self) -> None:
        """No SCP binds the management account (rule S2)."""
        identity = policy(allow("s3:*"))
        bound, free = Policies.of(identity=identity, scp=[[policy(deny("*"))]]), Policies.of(identity=identity)
        assert compare(bound, free, principal=ROLE).relation == "narrower"
        assert compare(bound, free, principal=ROLE, management_account=True).relation == "equal"


class TestLimits:
    def test_what_is_not_decided_is_said(self) -> None:
        """With too small a budget the answer is "undecided", with the reason; it is never guessed."""
        many = policy(*(allow("s3:GetObject", f"arn:aws:s3:::*{'ab' * i}*") for i in range(1, 8)))
        found = compare(many, policy(), budget=Budget(states=10))
        assert (found.relation, bool(found.undecided)) == ("undecided", True)

    @pytest.mark.parametrize("size", [1, 8, 14])
    def test_patterns_that_multiply_are_bounded(self, size: int) -> None:
        """Any number of unanchored patterns ends in an answer or in "undecided", soon."""
        stars = [allow("s3:GetObject", f"arn:aws:s3:::*{chr(97 + i)}*{chr(98 + i)}*") for i in range(size)]
        began = time.process_time()
        found = compare(policy(*stars), policy(*stars[:-1]))
        assert time.process_time() - began < 30
        assert found.relation in {"wider", "undecided"}

    def test_conditions_that_multiply_are_bounded(self) -> None:
        """A hundred keys in a hundred statements too."""
        many = [allow("s3:GetObject", StringEquals={f"aws:PrincipalTag/{i}": "x"}) for i in range(100)]
        began = time.process_time()
        assert compare(policy(*many), policy(*many[:-1])).relation in {"wider", "undecided"}
        assert time.process_time() - began < 30

    def test_a_document_that_cannot_be_read(self) -> None:
        """It raises what reading it raises."""
        with pytest.raises(PolicyError):
            compare('{"Statement": [', policy())

    def test_documents_and_policies_do_not_mix(self) -> None:
        """One is a document and the other a set of policies: refused."""
        with pytest.raises(TypeError):
            compare(policy(), Policies())

    def test_large_managed_policies(self) -> None:
        """AWS's own largest policies are decided, both directions."""
        full, read = managed_policy("AmazonSageMakerFullAccess"), managed_policy("AmazonSageMakerReadOnly")
        found = compare(full, read)
        assert found.relation == "overlapping"
        assert sum(not witness.plausible for witness in found.only_first) <= 1
        assert compare(managed_policy("ReadOnlyAccess"), managed_policy("AdministratorAccess")).relation == "narrower"


def test_no_bucket_has_a_slash_in_its_name() -> None:
    """Where only plausible requests count, `b/` is no bucket; an object's key may begin with a slash.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    bucket, slashed = "arn:aws:s3:::b", ["arn:aws:s3:::b", "arn:aws:s3:::b/"]
    for action, relation in (("s3:ListBucket", "equal"), ("s3:GetObject", "equal")):
        one, two = (policy(allow(action, resource)) for resource in (slashed, bucket))
        assert compare(one, two, only_plausible=True).relation == relation
    keys = [policy(allow("s3:GetObject", resource)) for resource in ("arn:aws:s3:::b/*", "arn:aws:s3:::b/?")]
    assert compare(*keys, only_plausible=True).relation == "wider"
    assert compare(policy(allow("s3:GetObject", "arn:aws:s3:::b//")), policy(), only_plausible=True).relation == "wider"
