"""docs/scenarios.md: its examples are what they say, and it leaves no field out."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from iamlab.evaluation import run
from iamlab.evaluation.organization import (
    Account,
    Group,
    Organization,
    OrganizationalUnit,
    Resource,
    Role,
    Root,
    Session,
    User,
    VpcEndpoint,
)
from iamlab.evaluation.organization_scenario import ORGANIZATION
from iamlab.evaluation.scenario import FIELDS, LEVELS, LISTS, SINGLES

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
SCHEMA = json.loads((files("iamlab.evaluation") / "scenario.schema.json").read_text(encoding="utf-8"))
CLASSES = (Account, Group, Organization, OrganizationalUnit, Resource, Role, Root, Session, User, VpcEndpoint)


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", fenced("json"))
def test_examples_are_as_expected(example: str) -> None:
    """Each is a scenario by the schema, and is decided as it says."""
    data = json.loads(example)
    jsonschema.validate(data, SCHEMA)
    assert run(data)["as_expected"] is True


def test_python_example() -> None:
    """The lines print what stands below them."""
    (example,), (output,) = fenced("python"), fenced("text")
    result = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True)
    assert result.stdout == output


def test_every_field_is_described() -> None:
    """The page names each field of a scenario, of its policies and of every part of an organization."""
    parts = {field.name for cls in CLASSES for field in fields(cls) if field.init}
    named = {*FIELDS, *LISTS, *SINGLES, *LEVELS, *ORGANIZATION, *parts}
    assert [name for name in sorted(named) if f"`{name}`" not in PAGE] == []


def test_the_schema_has_every_field() -> None:
    """What is read is what the schema permits, and nothing else."""
    scenario = SCHEMA["$defs"]["scenario"]["properties"]
    account = SCHEMA["$defs"]["account"]["properties"]
    assert set(scenario) == set(FIELDS)
    assert set(SCHEMA["$defs"]["organization"]["properties"]) == set(ORGANIZATION)
    for name, cls in {"users": User, "roles": Role, "groups": Group, "resources": Resource}.items():
        assert set(account[name]["additionalProperties"]["properties"]) == {field.name for field in fields(cls)}
    assert set(account) == {field.name for field in fields(Account)}
