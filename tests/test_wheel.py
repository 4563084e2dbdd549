"""The wheel carries all that a user needs, and works from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and lay its files out as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [uv, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT], check=True, timeout=300
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed package from the root folder, out of reach of the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}  # noqa: TID251 - handed on
    return subprocess.run(
        [sys.executable, "-P", "-m", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment,
        timeout=120,
        check=False,
    )


def test_nothing_of_ours_lies_loose_in_site_packages(installed: Path) -> None:
    names = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert names == {"interviewer"}


def test_questions_prompts_models_and_licences_come_along(installed: Path) -> None:
    bundle = installed / "interviewer" / "bundle"
    assert len(list(bundle.glob("rubrics/*/*.yaml"))) == len(list(ROOT.glob("rubrics/*/*.yaml")))
    assert list(bundle.glob("prompts/*.md"))
    assert (bundle / "ui" / "app.py").is_file()
    assert (bundle / "ui" / ".streamlit" / "config.toml").is_file()
    assert (installed / "interviewer/artefacts/o200k_base.tiktoken").stat().st_size == 3_613_922
    (licences,) = installed.glob("*.dist-info/licenses")
    assert {path.name for path in licences.iterdir()} >= {"LICENSE", "NOTICE"}


def test_an_answer_is_graded_from_any_folder(installed: Path) -> None:
    where = run(installed, "interviewer", "--version")
    assert where.returncode == 0, where.stderr
    done = run(
        installed, "interviewer", "grade", "drift-monitoring", "--grader", "offline",
        "--format", "json", stdin="I alert when PSI is above 0.2 against the training sample.",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"status": "graded"' in done.stdout
