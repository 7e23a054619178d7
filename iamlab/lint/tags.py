"""Which services tell the tags of their resources in requests (the Service Authorization Reference)."""

from __future__ import annotations

from functools import cache

from iamlab.aws.catalogue import actions, keys_of, services
from iamlab.policy.statement import ConditionTest

__all__ = ["asks_for_tag", "tells_tags"]

TAG = "aws:resourcetag/"


def asks_for_tag(test: ConditionTest) -> bool:
    """Return whether a test holds only where the resource's tag is there."""
    use = test.use
    strict = not use.if_exists and not use.operator.negated and use.operator.family != "Null"
    return test.key.lower().startswith(TAG) and strict and use.set_operator != "ForAllValues"


@cache
def tells_tags(service: str) -> bool:
    """Return whether some action of a service carries `aws:ResourceTag/…`; of an unknown service, or a pattern, yes.

    >>> tells_tags("sagemaker"), tells_tags("comprehendmedical")
    (True, False)
    """
    if service not in services():
        return True
    return any(key.lower().startswith(TAG) for action in actions(service).values() for key in keys_of(action))
