"""Lint beside the editor: findings come with the decisions where they are quick, and after them where they are not.

Most policies are checked in a few milliseconds. A long one, or the first that names a service, may take a second, and
a decision does not wait for that: one thread checks for all editors, and tells each when it knows more.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from iamlab.policy import Policy, parse_policy
from iamlab.reporting.editor import Advice, advice

__all__ = ["Checked", "warm_checks"]

PATIENCE = 0.01
"""Seconds that a report waits for the checks; a tenth of what a person notices."""
LONGEST = 200_000
TOO_LONG = Advice(failure="The policy is too long to be checked while it is typed; `iamlab lint` checks it.")
SAMPLE = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"""


@dataclass(frozen=True, slots=True)
class _Job:
    policy: Policy
    is_wanted: Callable[[], bool]
    known: Callable[[Advice], None]


@dataclass
class Checked:
    """What the checks say of one editor's policy.

    Args:
        later: refers to what is called, from another thread, when the checks know what `advice` could not tell yet;
            it may be gone by then.
    """

    later: Callable[[], Callable[[], None] | None]
    _change: threading.Condition = field(default_factory=threading.Condition)
    _wanted: Policy | None = None
    _known: tuple[str, Advice] = ("", Advice())
    _awaited: bool = False

    def advice(self, policy: Policy) -> Advice | None:
        """Return what the checks say of a policy; None where that takes longer, and `later` will be called."""
        text = policy.source.text
        if len(text) > LONGEST:
            return TOO_LONG
        with self._change:
            if self._known[0] != text:
                self._ask(policy)
                self._change.wait_for(lambda: self._known[0] == text, PATIENCE)
            self._awaited = self._known[0] != text
            return None if self._awaited else self._known[1]

    def _ask(self, policy: Policy) -> None:
        waiting = self._wanted is not None and self._wanted.source.text == policy.source.text
        self._wanted = policy
        if not waiting:
            _queue().put(_Job(policy, lambda: self._wants(policy), lambda said: self._hear(policy, said)))

    def _wants(self, policy: Policy) -> bool:
        wanted = self._wanted
        return wanted is not None and wanted.source.text == policy.source.text

    def _hear(self, policy: Policy, said: Advice) -> None:
        with self._change:
            self._known, late = (policy.source.text, said), self._awaited
            if self._wants(policy):
                self._wanted = None
            self._change.notify_all()
        if late and (tell := self.later()) is not None:
            tell()


_queue_lock = threading.Lock()
_jobs: SimpleQueue[_Job] | None = None


def _queue() -> SimpleQueue[_Job]:
    """The queue of the one thread that checks; the thread starts with it."""
    global _jobs
    with _queue_lock:
        if _jobs is None:
            _jobs = SimpleQueue()
            threading.Thread(target=_work, args=(_jobs,), name="iamlab checks", daemon=True).start()
        return _jobs


def _work(jobs: SimpleQueue[_Job]) -> None:
    while True:
        job = jobs.get()
        if job.is_wanted():
            said = advice(job.policy)
            with contextlib.suppress(Exception):  # a widget that is gone cannot be told, and need not
                job.known(said)


def warm_checks() -> None:
    """Load the checks in the background, so that the first findings need not wait for it."""
    _queue().put(_Job(parse_policy(SAMPLE), lambda: True, lambda _: None))
