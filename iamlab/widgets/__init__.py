"""What people touch, in notebooks: Python beside its JavaScript and CSS. Floor 6.

>>> from iamlab.widgets import policy_editor
>>> editor = policy_editor({"Version": "2012-10-17", "Statement": []}, [("s3:GetObject", "*")], name="doc-example")
>>> editor.report["counts"]
'1 implicitly denied'
"""

from iamlab.widgets.editor import PolicyEditor, policy_editor
from iamlab.widgets.exam import ExamPanel, exam
from iamlab.widgets.exercise import ExercisePanel, exercise
from iamlab.widgets.review import review
from iamlab.widgets.stepper import EvaluationStepper, stepper

__all__ = [
    "EvaluationStepper",
    "ExamPanel",
    "ExercisePanel",
    "PolicyEditor",
    "exam",
    "exercise",
    "policy_editor",
    "review",
    "stepper",
]
