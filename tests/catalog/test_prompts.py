"""Prompt files are loaded whole, checked against the code, and rendered without surprises."""

import shutil
from pathlib import Path

import pytest

from interviewer import resources
from interviewer.catalog.prompts import VARIABLES, Prompts
from interviewer.errors import FaultyFiles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources.prompts(), tmp_path / "prompts"))


def test_the_prompts_that_we_ship_fit_the_code() -> None:
    Prompts(resources.prompts())


def test_every_fault_is_named_at_once_with_its_file_and_line(folder: Path) -> None:
    (folder / "repair.md").unlink()
    (folder / "stray.md").write_text("hello")
    (folder / "appeal.md").write_text("Look at\n$sentence again.")
    (folder / "outline.md").write_text("costs $5")
    (folder / "grade-answer.md").write_text(" \n")
    with pytest.raises(FaultyFiles) as caught:
        Prompts(folder)
    said = [str(fault).removeprefix(str(folder)) for fault in caught.value.faults]
    assert sorted(said) == [
        "/appeal.md:0: $sentences: this variable is not used; add it where it belongs",
        "/appeal.md:2: $sentence: no code supplies this variable; remove it",
        "/grade-answer.md:0: this prompt is empty; restore its text",
        "/outline.md:0: a `$` stands without a variable's name; write `$$`",
        "/repair.md:0: this prompt is missing; restore the file",
        "/stray.md:0: no code uses this prompt; delete the file",
    ]


def test_values_are_put_in_as_they_are_and_never_expanded_again() -> None:
    rendered = Prompts(resources.prompts()).render("repair", trouble="$trouble ${x} $$")
    assert "$trouble ${x} $$" in rendered


def test_a_changed_prompt_changes_the_digest(folder: Path) -> None:
    before = Prompts(folder).digest("sheet", "repair")
    (folder / "repair.md").write_text("Again, please: $trouble")
    after = Prompts(folder).digest("sheet", "repair")
    assert before != after
    assert Prompts(folder).digest("sheet") == Prompts(resources.prompts()).digest("sheet")


def test_no_prompt_lets_a_model_make_a_number() -> None:
    for name in VARIABLES:
        text = (resources.prompts() / f"{name}.md").read_text(encoding="utf-8").lower()
        assert not any(word in text for word in ("score", "weight", "out of 10", "percent"))
