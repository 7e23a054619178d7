"""Exact comparison: what one policy allows beyond another, and whether a kind of request can ever be allowed."""

from __future__ import annotations

from iamlab.comparison.compare import RELATIONS, Comparison, compare
from iamlab.comparison.possible import Possible, may
from iamlab.comparison.search import Budget
from iamlab.comparison.witness import Witness

__all__ = ["RELATIONS", "Budget", "Comparison", "Possible", "Witness", "compare", "may"]
