"""Verifying: what cannot be right in an exercise is told, whatever the variant."""

from __future__ import annotations

from pathlib import Path

from iamlab.learning.exercise import load_exercise
from iamlab.learning.verify import make_kind, verify

EXERCISE = """
title = "One bucket"
kind = "policy"
topics = ["C4.5"]
points = 2
task = "Let the role read every object of `{{bucket}}`."
hints = ["Read what an ARN is made of."]

[variables]
bucket = ["ml-data", "ml-models", "ml-logs"]

[[wanted]]
action = "s3:GetObject"
resource = "arn:aws:s3:::{{bucket}}/*"
"""
RIGHT = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*"}}'


def written(folder: Path, answer: str) -> Path:
    path = folder / "exercises" / "04-x" / "one-bucket.toml"
    for place, text in (
        (path, EXERCISE),
        (folder / "solutions" / "04-x" / path.name, f"answer = '''{answer}'''\nwhy = 'It names the objects.'"),
    ):
        place.parent.mkdir(parents=True)
        place.write_text(text)
    return path


def test_every_variant_that_seeds_draw_is_proved(tmp_path: Path) -> None:
    """A solution that names one variant's bucket is right for that one, and told for the two others."""
    path = written(tmp_path, RIGHT.replace("BUCKET", "ml-data"))
    told = [problem for problem in verify(path, seeds=200).problems if "with the seed" in problem]
    assert len(told) == 2
    assert all("the solution is `wrong`" in problem for problem in told)
    assert not [problem for problem in verify(path).problems if "seed" in problem]


def test_a_solution_with_the_variable_solves_them_all(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT.replace("BUCKET", "{{bucket}}"))
    assert not [problem for problem in verify(path, seeds=200).problems if "solution" in problem]


def test_a_seed_always_draws_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT.replace("BUCKET", "{{bucket}}"))
    drawn = [load_exercise(path, f"student {number}").values for number in range(50)]
    assert drawn == [load_exercise(path, f"student {number}").values for number in range(50)]
    assert len({values["bucket"] for values in drawn}) == 3


def test_each_variant_has_its_own_key(tmp_path: Path) -> None:
    """What is right for one variant is wrong for another."""
    path = written(tmp_path, RIGHT.replace("BUCKET", "{{bucket}}"))
    one, other = (make_kind(load_exercise(path, seed)) for seed in ("maya", "nikki"))
    assert one.exercise.values != other.exercise.values
    assert one.check(one.solved()).status == "right"
    assert other.check(one.solved()).status == "wrong"
