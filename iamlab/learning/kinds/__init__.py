"""The kinds of exercises, one class in one file each; a new file here is a new kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from iamlab.learning.kinds.kind import Kind

__all__ = ["Kind", "kinds"]


@cache
def kinds() -> dict[str, type[Kind]]:
    """Return every kind's class by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {one.name: one for one in Kind.__subclasses__()}
