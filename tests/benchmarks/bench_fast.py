"""How many requests an `Evaluator` decides a second: the same ones, new ones, every action, a million rows."""

import json
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd

from iamlab import Evaluator, Policies, decide_frame, parse_policy
from iamlab.aws.names import action_names
from tests.benchmarks.registry import Figure, benchmark, seconds
from tests.benchmarks.workloads import WORKLOADS, never_the_same, three_statements, twenty_statements

NEW_ONES = 20_000
ROWS, DISTINCT = 1_000_000, 5_000


@benchmark
def fast() -> Iterator[Figure]:
    """Decide raw requests, warm; the base is one `json.loads` of the request, which any service does before it asks."""
    asked = {name: workload() for name, workload in WORKLOADS.items()}
    parts = ("principal", "action", "resource", "context")
    for name, scenario in asked.items():
        decide = Evaluator(Policies.of(**scenario["policies"])).decide
        principal, action, resource, context = (scenario[part] for part in parts)
        text = json.dumps({part: scenario[part] for part in parts})
        taken = seconds(lambda d=decide, a=(principal, action, resource, context): d(*a))
        yield Figure(
            f"decisions, {name}",
            1 / taken,
            "/s",
            "json.loads of the request",
            1 / seconds(lambda t=text: json.loads(t)),
        )
    yield from others()


def others() -> Iterator[Figure]:
    """What is not the same request again."""
    policies = Policies.of(**twenty_statements()["policies"])
    decide_again, request = Evaluator(policies).decide, never_the_same(1)
    same = seconds(lambda: decide_again(*request))
    requests = [never_the_same(number) for number in range(NEW_ONES)]
    decide = Evaluator(policies).decide
    new = timed(lambda: [decide(*request) for request in requests]) / NEW_ONES
    yield Figure("decisions, never the same", 1 / new, "/s", "always the same", 1 / same)
    actions = list(action_names().names)
    sweeping, context = Evaluator(policies).decide, requests[0][3]
    sweep = timed(lambda: [sweeping(requests[0][0], action, "*", context) for action in actions])
    yield Figure(f"all {len(actions):,} actions, once", sweep, "s", "as many, always the same", same * len(actions))
    yield frame()
    text = json.dumps(twenty_statements()["policies"]["identity"][0])
    first = seconds(lambda: Evaluator(Policies.of(identity=parse_policy(text))).decide(*requests[0])) * 1e3
    yield Figure(
        "compile and first decision", first, "ms", "json.loads of the policy", seconds(lambda: json.loads(text)) * 1e3
    )


def frame() -> Figure:
    """A million rows, of which five thousand are distinct."""
    scenario, rng = three_statements(), np.random.default_rng(0)
    distinct = pd.DataFrame(
        {
            "principal": [f"arn:aws:iam::111122223333:user/u{i % 50}" for i in range(DISTINCT)],
            "action": [
                ("s3:GetObject", "s3:PutObject", "s3:ListBucket", "kms:Decrypt")[i % 4] for i in range(DISTINCT)
            ],
            "resource": [f"arn:aws:s3:::ml-training-data-bucket/{i}.csv" for i in range(DISTINCT)],
        }
    )
    rows = distinct.iloc[rng.integers(0, DISTINCT, ROWS)].reset_index(drop=True)
    policies = Policies.of(**scenario["policies"])
    few = timed(lambda: decide_frame(distinct, policies, progress=False))
    many = timed(lambda: decide_frame(rows, policies, progress=False))
    return Figure(f"a frame of {ROWS:,} rows", many, "s", f"its {DISTINCT:,} distinct ones", few)


def timed(function: object) -> float:
    """How long one call takes, once."""
    begun = time.perf_counter()
    function()  # type: ignore[operator]
    return time.perf_counter() - begun
