"""nbgrader's configuration for a course with iamlab: `iamlab build --course FOLDER` lays it there.

Everything here sets right something that nbgrader 0.9 does otherwise. Add your own below.
"""

import os
import sys
from pathlib import Path

from iamlab.learning.classroom.course import saved_answers
from iamlab.learning.classroom.steps import autograding, releasing, sanitizing

c = get_config()  # noqa: F821 - nbgrader gives it

# Where the solution was, students find the exercise's starting answer: nbgrader would put Python code into JSON.
c.GenerateAssignment.preprocessors = releasing()

# What a submission's metadata says of points and cells is taken from the gradebook; a deleted test cell comes back.
c.Autograde.sanitize_preprocessors = sanitizing()
c.OverwriteCells.add_missing_cells = True

# Answers are read, and score what `iamlab grade` says. No notebook is run, unless cells of your own are graded in it;
# to run every notebook all the same, say c.RunOtherCells.always = True.
c.Autograde.autograde_preprocessors = autograding()

# Answers that were saved in `source/` while you tried exercises: they are not released, and lie over nobody's.
c.GenerateAssignmentApp.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "answers"]
c.Autograde.exclude_overwriting = saved_answers(Path(__file__).parent / "source")

# nbgrader calls `alembic`, which stands beside this Python, also where its environment is not activated.
os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
