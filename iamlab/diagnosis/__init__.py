"""Why a request was not allowed, and the least that a policy must allow. Floor 3, on evaluation and the catalogue.

`explain_denial` reads an error's text; `read_trail` reads CloudTrail's records into a DataFrame, `denials` says of each
refusal in it who, by which step and what would help; `smallest_policy` allows what was used and nothing else.
"""

from iamlab.diagnosis.denial import Denial, NotADenial, explain_denial

__all__ = ["Denial", "NotADenial", "explain_denial"]
