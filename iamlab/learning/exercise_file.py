"""Reading exercise and solution files: TOML, held against a schema, with errors that name file, line and field."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

__all__ = ["MAX_BYTES", "ExerciseError", "line_of", "read_toml"]

MAX_BYTES = 200_000
SCHEMAS = Path(__file__).parent
TABLE = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]?\]")
DECODE_LINE = re.compile(r"at line (\d+)")


class ExerciseError(Exception):
    """An exercise that cannot be used: in which file, on which line, in which field, and why."""

    def __init__(self, path: Path | str, message: str, line: int | None = None, field: str = "") -> None:
        self.path, self.message, self.line, self.field = str(path), message, line, field
        super().__init__(path, message, line, field)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {f'`{self.field}`: ' if self.field else ''}{self.message}"


def read_toml(path: Path, schema: str) -> dict[str, Any]:
    """Return a TOML file's content.

    Args:
        path: the file.
        schema: the name of its schema: `exercise` or `solution`.

    Raises:
        ExerciseError: where the file cannot be read, is no TOML, or does not fit its schema.
    """
    return _content(_text(path), path, schema)


@lru_cache(maxsize=1024)
def _content(text: str, path: Path, schema: str) -> dict[str, Any]:
    """Return a text's content; the same text is held against its schema once, however many variants are made of it."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = DECODE_LINE.search(str(error))
        raise ExerciseError(path, f"This is no TOML: {error}.", int(line[1]) if line else None) from None
    for problem in [] if _fits(content, schema) else _problems(content, schema):
        where = list(problem.absolute_path)
        raise ExerciseError(path, _sentence(problem), line_of(text, where), _field(where) or _extra(problem))
    return content


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ExerciseError(path, f"The file is larger than {MAX_BYTES:,} bytes.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ExerciseError(path, "The file is not UTF-8.") from None
    except OSError as error:
        raise ExerciseError(path, f"The file cannot be read: {error.strerror}.") from None


def _fits(content: Any, schema: str) -> bool:
    """Return whether a content fits a schema: the quick way, which cannot say well what is wrong."""
    from fastjsonschema import JsonSchemaValueException

    try:
        _quick(schema)(content)
    except JsonSchemaValueException:
        return False
    return True


def _problems(content: Any, schema: str) -> list[Any]:
    """Return what is wrong with a content. This loads what takes a second or two to load."""
    from jsonschema import Draft202012Validator

    problems = Draft202012Validator(_schema(schema)).iter_errors(content)
    return sorted(problems, key=lambda one: [str(part) for part in one.path])


@cache
def _quick(schema: str) -> Any:
    from fastjsonschema import compile

    return compile(_schema(schema))


def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def _sentence(problem: Any) -> str:
    """A schema's complaint as a sentence of ours, where the plain one would not be understood."""
    if problem.validator == "required":
        missing = next(name for name in problem.validator_value if name not in problem.instance)
        return f"`{missing}` is missing."
    if problem.validator == "additionalProperties":
        unknown = sorted(set(problem.instance) - set(problem.schema.get("properties", {})))
        return f"There is no field `{unknown[0]}` here."
    if problem.validator in {"anyOf", "enum", "pattern", "type"}:
        return f"{problem.schema.get('description') or problem.message}"
    return f"{problem.message[:200]}."


def _extra(problem: Any) -> str:
    return "" if problem.validator != "additionalProperties" else _sentence(problem).split("`")[1]


def _field(where: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")


def line_of(text: str, where: Sequence[str | int]) -> int | None:
    r"""Return the line on which a field stands, or the table that it is in; None for the whole file.

    >>> line_of('title = "x"\n[[wanted]]\naction = 1', ["wanted", 0, "action"])
    3
    """
    best: tuple[int, int] | None = None
    for number, path in _places(text):
        shared = _shared(path, where)
        if shared and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best else None


def _places(text: str) -> Iterator[tuple[int, list[str | int]]]:
    """Yield the line and the path of every table and key; lines within long strings are passed over."""
    table: list[str | int] = []
    counts: dict[str, int] = {}
    quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        inside = bool(quote)
        for mark in re.findall(r'"""|\'\'\'', line):
            quote = "" if quote == mark else quote or mark
        if inside:
            continue
        if match := TABLE.match(line):
            name = match[2]
            counts[name] = counts.get(name, -1) + 1
            table = [*name.split("."), *([counts[name]] if match[1] else [])]
            yield number, table
        elif match := re.match(r"\s*([\w-]+)\s*=", line):
            yield number, [*table, match[1]]


def _shared(path: Sequence[str | int], where: Sequence[str | int]) -> int:
    """How much of a wanted path another one shares from its beginning; 0 where it leads elsewhere."""
    if len(path) > len(where) or list(where[: len(path)]) != list(path):
        return 0
    return len(path)
