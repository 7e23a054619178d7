"""CloudTrail's records as a DataFrame of requests: `read_trail`.

AWS writes them as JSON, `{"Records": […]}`, mostly in gzip, in a folder for each account, Region and day
(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html). `aws cloudtrail
lookup-events` writes them as texts within events, other tools as one record a line.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamlab.diagnosis.records import is_record, requests_of, was_refused

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "TrailError", "read_trail", "trail_of"]

COLUMNS = (
    "time",
    "principal",
    "action",
    "resource",
    "context",
    "resource_account",
    "error_code",
    "error_message",
    "refused",
    "operation",
    "service",
    "region",
    "source_ip",
    "event_id",
    "logged",
    "known",
)
"""The columns of a trail. The first six are those of a DataFrame of requests, so that `decide_frame` takes it."""

MAX_BYTES = 256 * 1024 * 1024
"""The longest file that is read, after unpacking."""
MAX_RECORDS = 2_000_000
SUFFIXES = (".json", ".jsonl", ".gz")
PASSED_OVER = ("CloudTrail-Digest", "CloudTrail-Insight")
"""Folders beside the records: hashes that prove them, and findings about their numbers."""

GZIP = b"\x1f\x8b"
NO_REQUESTS = {"AwsServiceEvent", "AwsConsoleSignIn", "AwsCloudTrailInsight"}
"""Types of events that are no call of somebody's, or one in which no policy has a say."""

Paths = str | Path | Iterable[str | Path]


class TrailError(ValueError):
    """Nothing could be read: the sentences in `problems` say why, each naming its file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class _Unreadable(Exception):
    """What is wrong with one file, in a sentence that follows its name."""


def read_trail(paths: Paths, *, most: int = MAX_RECORDS) -> pd.DataFrame:
    """Read CloudTrail's records into a DataFrame: a row for each request, in order of time.

    Args:
        paths: a file or a folder, or several; folders are read whole. JSON, in gzip or not.
        most: how many records are read at most.

    Returns:
        The columns of `COLUMNS`. A call that needs several authorizations has a row for each; one that a record
        implies but does not log (`iam:PassRole`, tagging) has `logged` false. `known` is false where the record does
        not tell the resource, which is `*` then. `attrs["problems"]` are sentences about files that could not be
        read; all others are kept.

    Raises:
        TrailError: where there was something to read, and nothing could be.
    """
    problems: list[str] = []
    records: list[Mapping[str, Any]] = []
    for path in _files(paths, problems):
        try:
            for record in _records(path):
                if len(records) == most:
                    break
                records.append(record)
        except _Unreadable as error:
            problems.append(f"`{path}` {error}")
    if len(records) == most:
        problems.append(f"Only the first {most:,} records were read.")
    if problems and not records:
        raise TrailError(problems)
    return trail_of(records, problems)


def trail_of(records: Iterable[Mapping[str, Any]], problems: Iterable[str] = ()) -> pd.DataFrame:
    """Return records as a DataFrame of requests, as `read_trail` does.

    Args:
        records: CloudTrail's records as objects.
        problems: sentences to keep in `attrs["problems"]`.
    """
    import pandas as pd

    rows = [row for record in records for row in _rows(record)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["time"] = pd.to_datetime(frame["time"], utc=True, errors="coerce", format="ISO8601")
    frame = frame.sort_values("time", kind="stable", ignore_index=True)
    frame.attrs["problems"] = tuple(problems)
    return frame


def _rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if record.get("eventType") in NO_REQUESTS or record.get("eventSource") == "signin.amazonaws.com":
        return
    shared = {
        "time": record.get("eventTime"),
        "error_code": str(record.get("errorCode") or ""),
        "error_message": str(record.get("errorMessage") or ""),
        "refused": was_refused(record),
        "operation": str(record.get("eventName") or ""),
        "service": str(record.get("eventSource") or ""),
        "region": str(record.get("awsRegion") or ""),
        "source_ip": str(record.get("sourceIPAddress") or ""),
        "event_id": str(record.get("eventID") or ""),
    }
    for used in requests_of(record):
        own = {name: getattr(used, name) for name in ("principal", "action", "resource", "resource_account")}
        yield {**shared, **own, "context": dict(used.context), "logged": used.logged, "known": used.known}


# Files


def _files(paths: Paths, problems: list[str]) -> Iterator[Path]:
    for path in [paths] if isinstance(paths, str | Path) else paths:
        given = Path(path)
        if given.is_dir():
            found = [one for one in sorted(given.rglob("*")) if _may_hold_records(one, given)]
            if not found:
                problems.append(f"`{given}` is a folder without files of CloudTrail (`.json`, `.json.gz`).")
            yield from found
        else:
            yield given


def _may_hold_records(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.suffix in SUFFIXES and not any(name in parts for name in PASSED_OVER) and path.is_file()


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    text = _content(path)
    found = list(_in_value(_parsed(text))) if text.strip() else []
    if not found:
        raise _Unreadable("holds no record of CloudTrail.")
    yield from found


def _content(path: Path) -> str:
    """The text of a file, unpacked; a file that unpacks into more than the limit is left as soon as that shows."""
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == GZIP
            raw = gzip.GzipFile(fileobj=file).read(MAX_BYTES + 1) if packed else file.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _Unreadable("is gzip that breaks off or is damaged.") from None
    except OSError as error:
        raise _Unreadable(f"could not be read: {error.strerror or error}.") from None
    if len(raw) > MAX_BYTES:
        raise _Unreadable(f"is larger than {MAX_BYTES // 2**20} MB, and was not read.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable("is not text in UTF-8.") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise _Unreadable("is JSON nested too deeply.") from None
    except ValueError as error:
        lines = _lines(text)
        if lines is None:
            place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            raise _Unreadable(f"is no JSON{place}.") from None
        return lines


def _lines(text: str) -> list[Any] | None:
    """One JSON value a line, where each line is one."""
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _in_value(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the records in a JSON value of any of the shapes in which they come."""
    if isinstance(value, list):
        for one in value:
            yield from _in_value(one)
    elif is_record(value):
        yield value
    elif isinstance(value, Mapping):
        if isinstance(value.get("CloudTrailEvent"), str):
            yield from _in_value(_parsed(value["CloudTrailEvent"]))
        for name in ("Records", "Events"):
            if isinstance(value.get(name), list):
                yield from _in_value(value[name])
