"""The cells of the test notebooks: the lookbook's policy and requests, and an editor on them."""

from __future__ import annotations

SETUP = '''
from iamlab import policy_editor

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadWriteTrainingData",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::ml-training-data-bucket/*"
    },
    {
      "Sid": "NobodyDeletesModels",
      "Effect": "Deny",
      "Action": "sagemaker:DeleteModel",
      "Resource": "*"
    }
  ]
}"""
BUCKET = "arn:aws:s3:::ml-training-data-bucket"
REQUESTS = [
    ("s3:GetObject", f"{BUCKET}/train.csv"),
    ("s3:PutObject", f"{BUCKET}/model.tar.gz"),
    ("s3:ListBucket", BUCKET),
    ("s3:DeleteObject", f"{BUCKET}/train.csv"),
    ("sagemaker:DeleteModel", "arn:aws:sagemaker:eu-west-1:111122223333:model/churn"),
]
'''.strip()


def opening(name: str) -> str:
    """The cell that opens an editor, and keeps it under a Python name too."""
    return f'editor = policy_editor(POLICY, REQUESTS, name="{name}", title="Identity policy of TrainingRole")\neditor'
