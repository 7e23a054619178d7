"""The kinds of exercises, one class in one file each; a new file here is a new kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from inspect import isabstract

from iamlab.learning.kinds.kind import JsonKind, Kind

__all__ = ["Kind", "kinds"]


@cache
def kinds() -> dict[str, type[Kind]]:
    """Return every kind's class by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    made = (*Kind.__subclasses__(), *JsonKind.__subclasses__())
    return {one.name: one for one in made if not isabstract(one)}
