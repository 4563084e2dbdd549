from pathlib import Path

import pytest

from interviewer.catalog.scaffolding import write_scaffold
from interviewer.errors import InputError
from interviewer.resources import rubrics
from interviewer.service.rubrics import check_files


def test_a_new_question_has_no_faults_before_anything_is_changed(tmp_path: Path) -> None:
    path = write_scaffold("my-first-question", "mlops", tmp_path)
    _, faults = check_files([path], [rubrics()])
    assert faults == []


def test_an_existing_question_is_never_overwritten(tmp_path: Path) -> None:
    path = write_scaffold("mine", "mlops", tmp_path)
    path.write_text("hours of work", encoding="utf-8")
    with pytest.raises(InputError, match="exists"):
        write_scaffold("mine", "mlops", tmp_path)
    assert path.read_text(encoding="utf-8") == "hours of work"


@pytest.mark.parametrize("wrong", ["../evil", "My Question", "", "a/b"])
def test_an_id_that_is_no_slug_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InputError, match="cannot be an id"):
        write_scaffold(wrong, "mlops", tmp_path)
