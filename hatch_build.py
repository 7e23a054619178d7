"""Puts the course into the wheel: lessons, which `iamlab lab` lays out, exercises with solutions, exam questions."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COURSE = ("notebooks", "exercises", "solutions", "questions")


class CourseHook(BuildHookInterface[Any]):
    """Adds each course file under `iamlab/_course/`; an editable install reads them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Tell hatchling which file of the checkout becomes which file of the wheel."""
        if version == "standard":
            build_data["force_include"].update(self.course_files())

    def course_files(self) -> dict[str, str]:
        """Map each visible course file to its place in the wheel: no drafts, which are hidden, and no saved answers."""
        root = Path(self.root)
        files = (path.relative_to(root) for folder in COURSE for path in sorted((root / folder).rglob("*")))
        visible = (path for path in files if not any(part.startswith(".") or part == "answers" for part in path.parts))
        return {str(root / path): f"iamlab/_course/{path.as_posix()}" for path in visible if (root / path).is_file()}
