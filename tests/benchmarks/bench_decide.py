"""How long a decision takes, and how that grows with the policy."""

import json
from collections.abc import Iterator

from iamlab import Policies, Request, decide, explain
from tests.benchmarks.policies import policy_texts
from tests.benchmarks.registry import Figure, benchmark, seconds

REQUEST = Request.of(
    "arn:aws:iam::111122223333:role/TrainingRole",
    "s3:GetObject",
    "arn:aws:s3:::bucket-last/train.csv",
    context={"aws:SourceIp": "203.0.113.7"},
)


@benchmark
def decide_request() -> Iterator[Figure]:
    """Decide a request that no statement allows, so that each is looked at; and tell the whole trace of it."""
    policies = {count: Policies.of(identity=policy_texts(count)) for count in (10, 100, 1000)}
    taken = {count: seconds(lambda given=given: decide(REQUEST, given)) * 1e6 for count, given in policies.items()}
    (text,) = policy_texts(10)
    read = seconds(lambda: json.loads(text)) * 1e6
    yield Figure("decisions over 10 statements", 1e6 / taken[10], "/s", "json.loads of these", 1e6 / read)
    for count in (100, 1000):
        name, base = (f"decide over {number:,} statements" for number in (count, count // 10))
        yield Figure(name, taken[count], "µs", base, taken[count // 10])
    explained = seconds(lambda: explain(REQUEST, policies[10])) * 1e6
    yield Figure("explain over 10 statements", explained, "µs", "decide over 10 statements", taken[10])
