"""AWS managed policies, read from moto's data file."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from iamlab.aws import UnknownManagedPolicy, describe_managed_policy, managed_policies, managed_policy
from iamlab.aws.managed import ManagedPoliciesMissing


def test_all_are_read():
    """Every AWS managed policy is a policy that the parser reads, each statement of it."""
    for name in managed_policies():
        assert managed_policy(name).statements, name
    assert len(managed_policies()) > 1_500


def test_text():
    """The text has Version first and the elements in AWS's order, and says what AWS's document says."""
    facts = describe_managed_policy("AmazonS3ReadOnlyAccess")
    assert facts.arn == "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    assert facts.version.startswith("v")
    assert list(json.loads(facts.text)) == ["Version", "Statement"]
    assert [list(statement)[:2] for statement in json.loads(facts.text)["Statement"]] == [["Effect", "Action"]]
    assert facts.text.startswith('{\n  "Version": "2012-10-17",\n')


@pytest.mark.parametrize(
    "name",
    [
        "AmazonSageMakerFullAccess",
        "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
        "AdministratorAccess",
    ],
)
def test_by_name_or_arn(name):
    """A policy is found by its name, or by its ARN with the path."""
    assert managed_policies()[name.rpartition("/")[2]].endswith(name)


def test_full_access_is_not_full():
    """AmazonSageMakerFullAccess leaves domains out of its first statement (notresource-protects)."""
    first = managed_policy("AmazonSageMakerFullAccess").source.text.partition("},")[0]
    assert '"NotResource"' in first
    assert "domain/*" in first


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("AmazonSagemakerFullAcces", "AmazonSageMakerFullAccess"),
        ("arn:aws:iam::aws:policy/ViewOnlyAccess", "ViewOnlyAccess"),
        ("S3ReadOnlyAccess", "AmazonS3ReadOnlyAccess"),
    ],
)
def test_unknown(wrong, near):
    """An unknown name, or an ARN with a wrong path, is answered with near names."""
    with pytest.raises(UnknownManagedPolicy) as error:
        managed_policy(wrong)
    assert near in error.value.near
    assert f"`{near}`" in str(error.value)


def test_moto_is_not_imported():
    """The data file is read without importing moto, which takes seconds."""
    code = "import sys, iamlab.aws as a; a.managed_policy('AdministratorAccess'); print('moto' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_moto_missing(monkeypatch):
    """Without moto one sentence says what to install."""
    from iamlab.aws import managed

    managed._documents.cache_clear()
    monkeypatch.setattr(managed, "find_spec", lambda name: None)
    with pytest.raises(ManagedPoliciesMissing, match="pip install moto"):
        managed_policy("AdministratorAccess")
