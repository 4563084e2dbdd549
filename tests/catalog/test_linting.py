from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.errors import Fault
from interviewer.resources import rubrics
from interviewer.service.rubrics import check_files, check_text

GPU = (rubrics() / "gpu-efficiency" / "gpu-utilisation.yaml").read_text(encoding="utf-8")

Change = tuple[str, str]


def put(old: str, new: str) -> Change:
    return old, new


PLANTED: tuple[tuple[str, Change, str], ...] = (
    ("difficulty off the menu", put("difficulty: medium", "difficulty: tricky"), "difficulty"),
    ("minutes that are no number", put("minutes: 20", "minutes: twenty"), "minutes"),
    ("unknown key", put("kind: technical", "kind: technical\nlevel: 3"), "level"),
    ("unknown topic", put("topic: gpu-efficiency", "topic: gpus"), "topic"),
    (
        "vague word",
        put("Names a measurement finer than", "Names a good measurement finer than"),
        "rubric.dimensions[0].criteria[1].statement",
    ),
    (
        "points below zero",
        put("- id: breaks_average_down\n", "- id: breaks_average_down\n          weight: 2\n"),
        "rubric.dimensions[0].criteria[2].weight",
    ),
    (
        "id that stands twice",
        put("- id: names_separating_metric", "- id: split_idle_from_slow"),
        "rubric.dimensions[0].criteria[1].id",
    ),
    ("hint that costs too little", put("cost: 3", "cost: -3"), "hints[0].cost"),
    ("hints that cost less and less", put("cost: 8", "cost: 1"), "hints"),
    ("best of four that is a seventh", put("  best: 0", "  best: 7"), "warm_up.best"),
    (
        "follow-up at nothing",
        put("  - criterion: split_idle_from_slow", "  - criterion: gone"),
        "follow_ups[0].criterion",
    ),
    (
        "misconception of no dimension",
        put("dimension: classify_idle_vs_compute", "dimension: gone"),
        "misconceptions[0].dimension",
    ),
    (
        "weight of no number",
        put(
            "title: Telling idle GPUs from slow ones\n      weight: 20",
            "title: T\n      weight: -1",
        ),
        "rubric.dimensions[0].weight",
    ),
)


def changed(*changes: Change) -> str:
    text = GPU
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str], list[Fault]]:
    def run(text: str) -> list[Fault]:
        path = tmp_path / "gpu-utilisation.yaml"
        path.write_text(text, encoding="utf-8")
        return check_files([path], [rubrics()])[1]

    return run


def line_of(text: str, faults: list[Fault], where: str) -> str:
    (fault,) = [fault for fault in faults if fault.where == where]
    return text.splitlines()[fault.line - 1]


def test_the_bank_that_we_ship_has_no_faults() -> None:
    checked, faults = check_files([rubrics()], [rubrics()])
    assert faults == []
    assert len(checked) == 40


@pytest.mark.parametrize(
    ("change", "where"),
    [pytest.param(change, where, id=name) for name, change, where in PLANTED],
)
def test_a_planted_fault_is_found(
    check: Callable[[str], list[Fault]], change: Change, where: str
) -> None:
    assert where in {fault.where for fault in check(changed(change))}


def test_all_faults_of_a_file_are_told_at_once_at_their_lines(
    check: Callable[[str], list[Fault]],
) -> None:
    text = changed(*(change for _, change, _ in PLANTED if "split_idle" not in change[1]))
    text = text.replace("anchors:\n", "anchors:\n  - name: strong\n", 1)
    faults = check(text)
    found = {fault.where for fault in faults}
    assert len(PLANTED) > 12
    assert {where for name, _, where in PLANTED if "twice" not in name} <= found
    assert "difficulty: tricky" in line_of(text, faults, "difficulty")
    assert "minutes: twenty" in line_of(text, faults, "minutes")
    assert "weight: -1" in line_of(text, faults, "rubric.dimensions[0].weight")
    assert "best: 7" in line_of(text, faults, "warm_up.best")
    assert "cost: -3" in line_of(text, faults, "hints[0].cost")
    assert "dimension: gone" in line_of(text, faults, "misconceptions[0].dimension")
    assert "criterion: gone" in line_of(text, faults, "follow_ups[0].criterion")
    assert "anchors[0].answer" in found


def test_a_misconception_without_a_counter_example_is_a_fault() -> None:
    before, _, after = GPU.partition("not_this:")
    _, _, rest = after.partition("correction:")
    _, faults = check_text(f"{before}correction:{rest}", {"gpu-efficiency"})
    assert "misconceptions[0].not_this" in {fault.where for fault in faults}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a: &x [1]\nb: *x\n", "alias", id="alias"),
        pytest.param("[" * 40 + "]" * 40, "deeper", id="deep"),
        pytest.param("a: [1\nb: 2\n", "not valid YAML", id="syntax"),
        pytest.param("a: 1\na: 2\n", "twice", id="repeated key"),
        pytest.param("x" * 300_000, "longer", id="long"),
        pytest.param("- just a list\n", "holds no keys", id="list"),
        pytest.param("", "holds no keys", id="empty"),
    ],
)
def test_a_file_that_is_no_question_is_refused_with_the_reason(text: str, message: str) -> None:
    checked, faults = check_text(text, set())
    assert checked.question is None
    assert any(message in fault.message for fault in faults)
