"""Asks a solver which of two policies allows what the other does not, by questions that it takes: "is this allowed?".

What A allows and B does not is what A allows with each Allow of B turned into a Deny, and what A allows within B's
Denies, which a permissions boundary can say. Shared by the drivers beside it; no part of the kit runs it.
"""

import json
import statistics
import sys
import time

RUNS = 3


def questions(first, second):
    """Yield (identity documents, boundary) of which some request is allowed where `first` allows more."""
    statements = second["Statement"]
    allows = [{**one, "Effect": "Deny"} for one in statements if one["Effect"] == "Allow"]
    denies = [{**one, "Effect": "Allow"} for one in statements if one["Effect"] == "Deny"]
    yield [first, {**second, "Statement": allows}], None
    if denies:
        yield [first], {**second, "Statement": denies}


def more(first, second, asked):
    """Return whether `first` allows more: True, False or None. `asked` answers one question so."""
    found = []
    for identity, boundary in questions(first, second):
        found.append(asked(identity, boundary))
        if found[-1]:
            return True
    return None if None in found else False


def run(version, asked):
    """Answer each pair of standard input, one JSON object a line."""
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        pair = json.loads(line)
        first, second = pair["first"], pair["second"]
        taken, found = [], None
        for _ in range(RUNS):
            begun = time.perf_counter()
            try:
                found = [more(first, second, asked), more(second, first, asked)]
            except Exception as error:  # what a peer cannot read is told, not hidden
                found = f"{type(error).__name__}: {error}"[:200]
            taken.append(time.perf_counter() - begun)
            if taken[-1] > 1:
                break
        print(json.dumps({"name": pair["name"], "found": found, "seconds": statistics.median(taken)}), flush=True)
