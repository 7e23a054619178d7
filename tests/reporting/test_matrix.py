"""Access beside access: the frame's values are proved, and the pictures hold what the frame says."""

import time

import pytest

from iamlab.reporting.matrix import access_matrix, difference_picture, heat_map

READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
ONE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*Object", "Resource": "arn:aws:s3:::b/*"}],
}
NOTHING = {"Version": "2012-10-17", "Statement": []}
POLICIES = {"read": READ, "one bucket": ONE, "nothing": NOTHING}
ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:GetBucketPolicy"]


def test_values() -> None:
    """All, some or none of an action's requests."""
    matrix = access_matrix(POLICIES, ACTIONS)
    found = {name: {action: value for (_, action), value in row.items()} for name, row in matrix.iterrows()}
    assert found["read"] == {"s3:GetObject": "all", "s3:PutObject": "none", "s3:GetBucketPolicy": "all"}
    assert found["one bucket"] == {"s3:GetObject": "some", "s3:PutObject": "some", "s3:GetBucketPolicy": "none"}
    assert set(found["nothing"].values()) == {"none"}


def test_a_deny_makes_all_some() -> None:
    """What a Deny takes away counts, and a condition too."""
    deny = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
    policy = {**READ, "Statement": [*READ["Statement"], deny]}
    assert access_matrix({"p": policy}, ["s3:GetObject"]).iloc[0, 0] == "some"
    assert access_matrix({"p": policy}, ["s3:GetObject"], "arn:aws:s3:::b/*").iloc[0, 0] == "none"


def test_columns_are_under_their_access_level() -> None:
    """Columns are grouped as the catalogue groups actions."""
    assert {tuple(column) for column in access_matrix(POLICIES, ACTIONS).columns} == {
        ("Read", "s3:GetObject"),
        ("Write", "s3:PutObject"),
        ("Read", "s3:GetBucketPolicy"),
    }


def test_a_pattern_that_takes_in_nothing() -> None:
    """An action that there is not is refused in a sentence."""
    with pytest.raises(ValueError, match="s3:GetObjekt"):
        access_matrix(POLICIES, ["s3:GetObjekt"])


def test_pictures() -> None:
    """Every name of the frame stands in the picture, and a mark in each cell, so that color never speaks alone."""
    figure = heat_map(access_matrix(POLICIES, ACTIONS))
    figure.canvas.draw()
    words = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
    assert all(any(name in word for word in words) for name in [*POLICIES, *ACTIONS])
    words = [
        text.get_text() for text in difference_picture(ONE, READ).findobj(lambda artist: hasattr(artist, "get_text"))
    ]
    assert any("PutObject" in word for word in words)


def test_is_quick() -> None:
    """Three policies by all actions of S3: a few seconds of this process's time at most."""
    began = time.process_time()
    assert access_matrix(POLICIES, "s3:*").shape[1] > 100
    assert time.process_time() - began < 20
