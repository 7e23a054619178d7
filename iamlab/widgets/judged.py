"""What every widget with a text has in common: each version of the text is judged, and questions are answered."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from iamlab.widgets import bundle
from iamlab.widgets.answers import answer
from iamlab.widgets.asked import without_surrogates

__all__ = ["JudgedText"]


class JudgedText(anywidget.AnyWidget):
    """A text that a browser changes, and a report on each of its versions.

    Each trait has one writer. The browser writes `document` (the text and its revision); Python writes `setup` once,
    `report` for every revision, and `saved`.
    """

    _esm = bundle.loader()
    document = traitlets.Dict().tag(sync=True)
    setup = traitlets.Dict().tag(sync=True)
    report = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._judging = threading.RLock()
        super().__init__(**traits)
        self.on_msg(self._on_message)

    @property
    def text(self) -> str:
        """The text as it stands in the widget."""
        return str(self.document.get("text", ""))

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser sends. A lone surrogate could be typed, but not sent back: it becomes U+FFFD."""
        super().set_state(without_surrogates(sync_data))

    def judge(self) -> None:
        """Report on the text as it is now; whatever goes wrong is said in the widget.

        One report after the other, so that the last one sent is about the last text.
        """
        with self._judging:
            try:
                self.report = without_surrogates(self.judged())  # type: ignore[assignment]
            except Exception as error:
                self.report = _failed(error, self.document["revision"])

    def judged(self) -> dict[str, Any]:
        """Return the report on the text as it is now."""
        raise NotImplementedError

    def answered(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the answer to a browser's message; None where there is none to give."""
        return answer(question, self.setup.get("policy_kind", "identity"))

    @traitlets.validate("document")
    def _as_document(self, proposal: Any) -> dict[str, Any]:
        value = proposal["value"]
        revision, text = value.get("revision"), value.get("text")
        return {"revision": revision if isinstance(revision, int) else 0, "text": text if isinstance(text, str) else ""}

    def _on_message(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        try:
            answered = self.answered(without_surrogates(content))  # type: ignore[arg-type]
        except Exception as error:  # a traceback would go to a log that no learner reads
            answered = {"type": content.get("type"), "id": content.get("id"), "answer": None, "error": str(error)}
        if answered is not None:
            self.send(answered)


def _failed(error: Exception, revision: int) -> dict[str, Any]:
    what = f"{type(error).__name__}: {error}"
    return {
        "revision": revision,
        "readable": False,
        "linted": True,
        "summary": "not judged",
        "problems": [],
        "tally": {},
        "counts": "not decided",
        "verdicts": [],
        "preview": None,
        "failure": f"The policy could not be judged (`{what[:200]}`). That is our mistake. Your text is still here.",
    }
