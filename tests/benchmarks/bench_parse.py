"""How long a policy takes to read, beside `json.loads` of the same text, which tells no places and checks no grammar."""

import json
from collections.abc import Iterator

from iamlab import parse_policy
from tests.benchmarks.policies import policy_text
from tests.benchmarks.registry import Figure, benchmark, seconds


@benchmark
def parse() -> Iterator[Figure]:
    """Read a small policy and a long one."""
    for count in (3, 20):
        text = policy_text(count)
        yield Figure(
            f"parse a policy of {count} statements",
            seconds(lambda text=text: parse_policy(text)) * 1000,
            "ms",
            "json.loads of it",
            seconds(lambda text=text: json.loads(text)) * 1000,
        )
