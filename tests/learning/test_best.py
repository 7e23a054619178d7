"""The best of several answers counts, and the note says so."""

from iamlab.learning.best import Answer, best_answer, counting
from iamlab.learning.exercise import find_exercise
from iamlab.learning.kinds import Kind
from iamlab.learning.result import Result
from iamlab.learning.verify import make_kind

NAME = "the-action-behind-the-call"


def kind_of(name: str = NAME) -> Kind:
    return make_kind(find_exercise(name))


def answers(*texts: str) -> list[Answer]:
    return [Answer(NAME, text, f"place {number}") for number, text in enumerate(texts, 1)]


def test_no_answer_is_not_attempted():
    best = best_answer(kind_of(), [])
    assert (best.result.status, best.answer, best.note) == ("not_attempted", None, "")


def test_the_better_one_counts_whatever_its_place():
    kind = kind_of()
    for texts in (['["operation"]', kind.solved()], [kind.solved(), '["operation"]'], ["", "no JSON", kind.solved()]):
        best = best_answer(kind, answers(*texts))
        assert best.result.status == "right"
        assert best.answer == answers(*texts)[texts.index(kind.solved())]


def test_the_note_speaks_only_of_answers_that_differ():
    kind = kind_of()
    assert best_answer(kind, answers(kind.solved())).note == ""
    assert best_answer(kind, answers(kind.solved(), f" {kind.solved()}\n")).note == ""
    assert best_answer(kind, answers("[]", kind.solved())).note == "", "an untouched answer is none"
    assert best_answer(kind, answers("no JSON", kind.solved())).note.endswith("the better one counts: place 2.")


def test_of_equally_good_answers_the_first_counts():
    kind = kind_of()
    best = best_answer(kind, answers(f" {kind.solved()}", kind.solved()))
    assert best.answer is not None
    assert best.answer.source == "place 1"


def test_a_check_that_fails_is_a_result():
    class Failing(type(kind_of())):  # type: ignore[misc]
        def judge(self, answer: str) -> Result:
            raise RecursionError("too deep")

    best = best_answer(Failing(find_exercise(NAME)), answers('["x"]'))
    assert best.result.status == "invalid"
    assert "RecursionError, too deep" in best.result.feedback[0].text


def test_of_several_cells_the_last_changed_one_counts():
    """Otherwise every option of a question could be handed in, in a cell each."""
    kind = kind_of()
    assert counting(kind, ['["a"]', kind.solved(), '["b"]']) == ['["b"]']
    assert counting(kind, [kind.solved(), kind.start, ""]) == [kind.solved()]
    assert counting(kind, ["", kind.start]) == [kind.start]
    assert counting(kind, []) == []
