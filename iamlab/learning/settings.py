"""What an instructor or a learner sets for a folder, in `iamlab.toml`: where answers lie, whose variant, which help.

```toml
answers = "answers"      # a folder, seen from this file
seed = "maya"            # whose variant of exercises with variables
[hints]
open = true
[solution]
open = true
after_attempts = 3
from = 2026-12-01T09:00:00Z
```

The file is looked for in the notebook's folder and those above it. It binds an honest learner, no other: who can write
the file can change it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from iamlab.learning.saved import Saved
from iamlab.reporting.words import plural

__all__ = ["Help", "Settings", "SettingsError", "settings"]

FILE = "iamlab.toml"
ANSWERS = "answers"
LAID = ".iamlab/lessons.json"
LESSONS = "notebooks"
FIELDS = {"answers": str, "seed": str, "hints": Mapping, "solution": Mapping}
HELP_FIELDS = {"open": bool, "after_attempts": int, "from": date}
HIGHEST = 40
"""How many folders are looked at, upwards."""


class SettingsError(Exception):
    """Settings that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Help:
    """When hints or the solution may be asked for: at all, after some attempts, from a time on."""

    name: str
    open: bool = True
    after_attempts: int = 0
    opens: datetime | None = None

    def closed(self, saved: Saved, now: datetime | None = None) -> str:
        """Return why it is closed, a sentence; empty where it is open.

        >>> Help("The solution", after_attempts=3).closed(Saved("x", "", ""))
        'The solution opens after 3 attempts; 0 so far.'
        """
        are, open = ("are", "open") if self.name.endswith("s") else ("is", "opens")
        if not self.open:
            return f"{self.name} {are} not offered here."
        if self.opens is not None and (now or datetime.now(UTC)) < self.opens:
            return f"{self.name} {open} on {self.opens:%d %B %Y, %H:%M} UTC."
        if saved.attempts < self.after_attempts:
            return f"{self.name} {open} after {plural(self.after_attempts, 'attempt')}; {saved.attempts} so far."
        return ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a folder's notebooks."""

    answers: Path
    seed: str | None = None
    hints: Help = field(default_factory=lambda: Help("Hints"))
    solution: Help = field(default_factory=lambda: Help("The solution"))


def settings(folder: Path | None = None) -> Settings:
    """Return the settings of a folder, of the working directory unless given.

    Without a file of settings, answers lie beside the lessons: in the folder that `iamlab lab` laid them in, or in a
    checkout's `notebooks`; where neither is above, in the folder itself.

    Raises:
        SettingsError: the file cannot be read, or says what cannot be used.
    """
    here = (folder or Path.cwd()).absolute()
    for place in [here, *here.parents][:HIGHEST]:
        if (place / FILE).is_file():
            return _read(place / FILE)
        if (place / LAID).is_file():
            return Settings(place / ANSWERS)
        if (place / LESSONS / "00-start-here.ipynb").is_file():
            return Settings(place / LESSONS / ANSWERS)
    return Settings(here / ANSWERS)


def _read(path: Path) -> Settings:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"`{path}` cannot be read: {error}.") from error
    _check(path, content, FIELDS)
    return Settings(
        path.parent / content.get("answers", ANSWERS),
        content.get("seed"),
        _help(path, "Hints", content.get("hints", {})),
        _help(path, "The solution", content.get("solution", {})),
    )


def _help(path: Path, name: str, content: Mapping[str, Any]) -> Help:
    _check(path, content, HELP_FIELDS)
    return Help(name, content.get("open", True), content.get("after_attempts", 0), _time(content.get("from")))


def _time(value: date | None) -> datetime | None:
    """A day begins at midnight; a time without a zone is UTC."""
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _check(path: Path, content: Mapping[str, Any], fields: Mapping[str, type]) -> None:
    for name, value in content.items():
        if name not in fields:
            raise SettingsError(f"`{path}`: there is no setting `{name}`; these are: {', '.join(fields)}.")
        fits = isinstance(value, fields[name])
        if isinstance(value, int) and fields[name] is int:
            fits = value >= 0 and not isinstance(value, bool)
        if not fits:
            raise SettingsError(f"`{path}`: `{name}` cannot be `{value!r:.60}`.")
