import shutil
from pathlib import Path

from interviewer import resources
from interviewer.service.rubrics import check_prompts


def test_a_prompt_that_the_code_cannot_fill_in_is_a_fault(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resources.prompts(), tmp_path / "prompts"))
    assert check_prompts(folder) == []
    (folder / "outline.md").unlink()
    (folder / "repair.md").write_text("Again: $nothing")
    said = {fault.path.name for fault in check_prompts(folder)}
    assert said == {"outline.md", "repair.md"}
