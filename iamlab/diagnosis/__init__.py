"""Why a request was not allowed, and the least that a policy must allow. Floor 3, on evaluation and the catalogue.

`explain_denial` reads an error's text; `read_trail` reads CloudTrail's records into a DataFrame, `denials` says of each
refusal in it who, by which step and what would help; `smallest_policy` allows what was used and nothing else.
"""

from iamlab.diagnosis.cloudtrail import TrailError, read_trail
from iamlab.diagnosis.denial import Denial, NotADenial, explain_denial
from iamlab.diagnosis.least_privilege import Trimmed, smallest_policy
from iamlab.diagnosis.refusals import denials

__all__ = [
    "Denial",
    "NotADenial",
    "TrailError",
    "Trimmed",
    "denials",
    "explain_denial",
    "read_trail",
    "smallest_policy",
]
