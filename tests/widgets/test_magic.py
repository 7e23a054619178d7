"""`%%answer NAME`: a result under the cell, as HTML and as text; never a traceback, and nothing on stderr."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import iamlab.learning.assignment as assignment
import iamlab.widgets.magic as magic
from iamlab.learning.answers import load_answer
from iamlab.learning.assignment import points
from iamlab.learning.exercise import find_exercise
from iamlab.learning.verify import make_kind
from iamlab.reporting.result import ShownResult

NAME = "smaller-than-managed"
KIND = make_kind(find_exercise(NAME))
RIGHT, PARTLY = KIND.solved(), KIND.exercise.solution.wrong[0]["answer"]

Run = Callable[[str], str]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What cells have shown."""
    found: list[object] = []
    monkeypatch.setattr(magic, "display", found.append)
    return found


@pytest.fixture
def run(shown: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a cell in IPython, and return the text that it shows."""
    monkeypatch.delenv(assignment.NBGRADER, raising=False)
    monkeypatch.setattr(assignment, "_given", {})
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.run_cell("%load_ext iamlab").raise_error()

    def ran(source: str) -> str:
        before = len(shown)
        shell.run_cell(source).raise_error()
        assert capsys.readouterr().err == ""
        (one,) = shown[before:]
        assert "<" in one._repr_html_()  # type: ignore[attr-defined]
        return repr(one)

    return ran


def test_policy(run, shown):
    """Points, parts, the witness, its place in the text, and how the exercise's requests are decided."""
    said = run(f"%%answer {NAME}\n{PARTLY}")
    assert said.startswith("Part of the way: 3.57 of 5 points for Smaller than the managed one\n  + Lists the bucket")
    assert "Your policy also allows `s3:Get" in said
    assert "\n  1 | {" in said
    assert "  ✓ Allowed: `s3:ListBucket` on `arn:aws:s3:::ml-dashboards` (identity-based policies, line 1)" in said
    (result,) = shown
    assert isinstance(result, ShownResult)
    assert [one["decision"] for one in result.verdicts] == [one["decision"] for one in result.report["verdicts"]]


def test_right(run):
    """A right answer gets all points, and is there for `points`."""
    assert run(f"%%answer {NAME}\n{RIGHT}").startswith("Right: 5 of 5 points")
    assert points(NAME) == 5.0


def test_unreadable_policy(run):
    """What is wrong stands at its place in the text."""
    said = run(f'%%answer {NAME}\n{{"Statement": [\n  {{"Effect": "allow", "Action": "*", "Resource": "*"}}]}}')
    assert said.startswith("Not readable yet: 0 of 5 points")
    assert "The Effect `allow` is neither" in said
    assert '  2 |   {"Effect": "allow", "Action": "*", "Resource": "*"}]}\n    |              ^' in said


def test_json_kinds(run):
    """An answer that is JSON, filled in in part."""
    said = run('%%answer letter-by-letter\n{"small": {"decision": "allowed", "step": ""}}')
    assert said.startswith("Part of the way: 0.5 of 5 points")


def test_solution_marks_are_no_part_of_the_answer(run):
    """An instructor's notebook runs as a student's does."""
    assert run(f"%%answer {NAME}\n### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION").startswith("Right: 5 of 5")


def test_nothing_in_the_text_is_replaced(run):
    """IPython puts values in the place of `{x}` and `$x` in a line; an answer is taken as it stands."""
    assert "There is no exercise `$x`." in run("%%answer $x\n{x}")


BAD = {
    "no name": ("%%answer\n{}", "The first line names the exercise"),
    "no such exercise": ("%%answer s3-read-wrote\n{}", "There is no exercise `s3-read-wrote`. Close: `s3-read-write`"),
    "a path": ("%%answer ../../etc/passwd\n{}", "There is no exercise `../../etc/passwd`"),
    "a long name": (f"%%answer {'n' * 5_000}\n{{}}", "There is no exercise `nnn"),
    "a megabyte": (f"%%answer {NAME}\n{'x' * 1_000_000}", "The answer has 1,000,000 characters"),
    "deep JSON": (f"%%answer letter-by-letter\n{'[' * 100_000}", "The answer is no JSON"),
    "a deep policy": (f"%%answer {NAME}\n{'[' * 100_000}", "Not readable yet"),
    "of another form": ("%%answer letter-by-letter\n[]", "The answer should be an object"),
    "control characters": (f"%%answer {NAME}\n\x1b[31m\u202e\x00", "Not readable yet"),
    "code": (f"%%answer {NAME}\n__import__('os')._exit(1)", "Not readable yet"),
    "nothing": (f"%%answer {NAME}\n", "Not tried yet"),
}


@pytest.mark.parametrize(("source", "said"), BAD.values(), ids=list(BAD))
def test_bad_answers(source, said, run):
    """A sentence, whatever stands in the cell."""
    found = run(source)
    assert said in found
    assert len(found) < 5_000
    assert "\x1b" not in found


def test_what_goes_wrong_inside(run, monkeypatch):
    """Even a mistake of ours is a sentence."""
    monkeypatch.setattr(magic, "shown_result", lambda *_: 1 / 0)
    assert "That is our mistake; your text is still here." in run(f"%%answer {NAME}\n{RIGHT}")


class TestSaving:
    def test_an_attempt_is_saved(self, run, folder):
        """As a check, with what it found."""
        run(f"%%answer {NAME}\n{PARTLY}")
        saved = load_answer(NAME, folder / "answers")
        assert saved is not None
        assert saved.answer == PARTLY.strip()
        assert [(event.what, event.status, event.score) for event in saved.events] == [("check", "partly", 3.57)]

    @pytest.mark.parametrize("text", [KIND.template, "", "  \n"])
    def test_what_is_not_tried_is_not(self, text, run, folder):
        """Running every cell of a fresh notebook leaves no files, and covers nothing that was saved before."""
        run(f"%%answer {NAME}\n{RIGHT}")
        run(f"%%answer {NAME}\n{text}")
        assert load_answer(NAME, folder / "answers").answer == RIGHT.strip()

    def test_nothing_is_under_nbgrader(self, run, folder, monkeypatch):
        """There a notebook is run to be graded."""
        monkeypatch.setenv(assignment.NBGRADER, "autograde")
        run(f"%%answer {NAME}\n{RIGHT}")
        assert not (folder / "answers").exists()

    def test_where_the_settings_say(self, run, folder):
        """The folder that `iamlab.toml` names."""
        (folder / "iamlab.toml").write_text('answers = "mine"\n')
        run(f"%%answer {NAME}\n{RIGHT}")
        assert (folder / f"mine/{NAME}.json").is_file()

    def test_that_it_failed_is_said(self, run, folder):
        """The result is shown all the same."""
        (folder / "answers").write_text("a file where the folder should be")
        said = run(f"%%answer {NAME}\n{RIGHT}")
        assert said.startswith("Right: 5 of 5 points")
        assert "Not saved: " in said
        assert said.endswith("The answer stays in this cell.")

    def test_broken_settings(self, run, folder):
        """They are told."""
        (folder / "iamlab.toml").write_text("seed = 5\n")
        assert "`seed` cannot be `5`" in run(f"%%answer {NAME}\n{RIGHT}")


def test_own_variant(run, folder):
    """Whose variant is checked is said where it is not the one that the notebook tells."""
    seed = next(str(n) for n in range(50) if find_exercise(NAME, str(n)).values != find_exercise(NAME).values)
    (folder / "iamlab.toml").write_text(f'seed = "{seed}"\n')
    said = run(f"%%answer {NAME}\n{make_kind(find_exercise(NAME, seed)).solved()}")
    assert said.startswith("Right: 5 of 5")
    assert said.endswith(f"in a variant of your own, with bucket `{find_exercise(NAME, seed).values['bucket']}`.")


@pytest.mark.slow
def test_in_a_kernel(folder: Path):
    """As Jupyter runs it: one output with HTML and text, and no stream but what `points` prints."""
    import nbformat
    from nbclient import NotebookClient

    sources = ["%load_ext iamlab", f"%%answer {NAME}\n{PARTLY}", f'from iamlab import points\n\npoints("{NAME}")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env={**os.environ, "IPYTHONDIR": str(folder / "ipython")})
    load, answer, test = [cell.outputs for cell in notebook.cells]
    assert load == []
    assert [set(one.data) for one in answer] == [{"text/plain", "text/html"}]
    assert answer[0].data["text/html"].startswith('<section class="iam-result">')
    assert [one.output_type for one in test] == ["stream", "execute_result"]
    assert test[0].name == "stdout"
    assert test[1].data["text/plain"] == "3.57"


def test_loading_is_lazy():
    """`import iamlab` loads neither IPython nor the widgets; only the extension does."""
    script = "import iamlab, json, sys; iamlab.load_ipython_extension; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
    assert {"IPython", "iamlab.widgets", "iamlab.learning"}.isdisjoint(loaded)
