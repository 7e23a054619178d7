"""The tables of cases: scenario files, one case a line."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "scenarios"


def tables() -> list[Path]:
    """Return the tables, in alphabetical order."""
    return sorted(FOLDER.glob("*.jsonl"))


def cases() -> list[dict[str, Any]]:
    """Return every case of every table; its `id` begins with its table's name."""
    found = []
    for table in tables():
        for line in table.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found.append(case | {"id": f"{table.stem}/{case['id']}"})
    return found
