"""What a new exercise begins with."""

from __future__ import annotations

from pathlib import Path

__all__ = ["BODIES", "new_exercise"]

HEAD = '''title = "What is it about, in five words?"
kind = "{kind}"
topics = ["C4.4"]
points = 4
task = """
Who has what, and what should be so? One or two sentences, then what counts as right."""
hints = ["A question that points to the place.", "The page or the lesson to read."]
'''

REQUEST = """
[scenario]
principal = "arn:aws:iam::111122223333:role/TrainingRole"
[scenario.policies]
identity = ['{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}']

[[requests]]
action = "s3:GetObject"
resource = "arn:aws:s3:::ml-training-data-bucket/train.csv"
"""
"""One request within a scenario."""

BODIES = {
    "policy": """
[[wanted]]
say = "Reads every object"
action = "s3:GetObject"
resource = "arn:aws:s3:::ml-training-data-bucket/*"
""",
    "predict": REQUEST,
    "order": REQUEST,
    "choose": """
[[options]]
id = "right-one"
text = "What is so."
right = true

[[options]]
id = "wrong-one"
text = "What people think."
why = "Why it is not so, in one sentence."
""",
    "match": """
[[pairs]]
id = "first"
left = "What it does."
right = "What it is called"
why = "How to tell it, in one sentence."

[[pairs]]
id = "second"
left = "What the next one does."
right = "What that is called"
why = "How to tell it, in one sentence."

[[pairs]]
id = "third"
left = "What the last one does."
right = "What the last is called"
why = "How to tell it, in one sentence."
""",
    "diagnose": """
message = "User: arn:aws:sts::111122223333:assumed-role/TrainingRole/job is not authorized to perform: s3:GetObject on \
resource: arn:aws:s3:::ml-training-data-bucket/train.csv because no identity-based policy allows the s3:GetObject \
action"

[[questions]]
id = "policy_type"
question = "Which policy refused?"
[[questions.options]]
id = "identity"
text = "The role's identity-based policy"
[[questions.options]]
id = "resource"
text = "The bucket policy"
why = "The message names another type of policy."
""",
}

ANSWERS = {
    "policy": """answer = '''
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
    }
  ]
}
'''
""",
}


def new_exercise(name: str, lesson: str, kind: str) -> dict[Path, str]:
    """Return the files with which an exercise starts, by their places: the exercise and its solution."""
    why = 'why = """\nWhy this is right, and what else would be, in two or three sentences."""\n'
    return {
        Path("exercises") / lesson / f"{name}.toml": HEAD.replace("{kind}", kind) + BODIES[kind],
        Path("solutions") / lesson / f"{name}.toml": ANSWERS.get(kind, "") + why,
    }
