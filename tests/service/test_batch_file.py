import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from interviewer.clock import SystemClock
from interviewer.domain.batch import BatchRow, FailedRow, GradedRow
from interviewer.domain.grading import Grading
from interviewer.errors import NotFound
from interviewer.service.batch_file import BatchFile, Tally
from interviewer.service.grading import grade_now, grading_id
from tests.domain.questions import SMALL
from tests.fakes import ScriptedGrader

ANSWER = "I would put a cache in front of the store, and keep a backup of the index elsewhere."


class Desk:
    """A source and an output, and a count of what was graded."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "in.jsonl"
        self.out = folder / "out.jsonl"
        self.grader = ScriptedGrader({"cache": "a cache"})
        self.graded: list[str] = []
        self.dies_after: int | None = None

    def write(self, *rows: object) -> None:
        lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
        self.source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    async def run(self) -> Tally:
        return await BatchFile(self.source, self.out, self._grade, self._identify).run(
            2, lambda: None
        )

    def rows(self) -> list[GradedRow | FailedRow]:
        lines = self.out.read_bytes().splitlines()
        return [TypeAdapter(GradedRow | FailedRow).validate_json(line) for line in lines]

    async def _grade(self, row: BatchRow) -> Grading:
        if self.dies_after is not None and len(self.graded) >= self.dies_after:
            raise RuntimeError("killed")
        if row.question_id != SMALL.id:
            raise NotFound(f"There is no question {row.question_id!r}.")
        self.graded.append(row.id)
        return await grade_now(self.grader, SMALL, row.answer, SystemClock())

    def _identify(self, row: BatchRow) -> str:
        return grading_id(self.grader, SMALL, row.answer)


def row(row_id: str, **more: object) -> dict[str, object]:
    return {"id": row_id, "question_id": SMALL.id, "answer": f"{ANSWER} {row_id}", **more}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.anyio
async def test_rows_come_out_in_the_order_of_the_input(desk: Desk) -> None:
    desk.write(*(row(str(number)) for number in range(7)))
    assert await desk.run() == Tally(rows=7, graded=7)
    assert [each.id for each in desk.rows()] == [str(number) for number in range(7)]


@pytest.mark.anyio
async def test_a_bad_row_never_stops_the_rest(desk: Desk) -> None:
    desk.write(row("a"), "{torn", {"id": "b"}, row("c", question_id="nobody"), row("a"), row("d"))
    assert await desk.run() == Tally(rows=6, graded=2)
    rows = desk.rows()
    failed = [(each.line, each.error.kind) for each in rows if isinstance(each, FailedRow)]
    assert failed == [(2, "bad-row"), (3, "bad-row"), (4, "not-found"), (5, "bad-row")]
    assert [isinstance(each, GradedRow) for each in rows] == [True, *[False] * 4, True]


@pytest.mark.anyio
async def test_a_second_run_grades_nothing_again(desk: Desk) -> None:
    desk.write(row("a", comment="ignored"), row("b"))
    await desk.run()
    before = desk.out.read_bytes()
    assert await desk.run() == Tally(rows=2, graded=2)
    assert desk.out.read_bytes() == before
    assert sorted(desk.graded) == ["a", "b"]


@pytest.mark.anyio
async def test_a_killed_run_is_taken_up_where_it_was(desk: Desk) -> None:
    desk.write(*(row(str(number)) for number in range(9)))
    desk.dies_after = 4
    with pytest.raises(RuntimeError, match="killed"):
        await desk.run()
    with desk.out.open("ab") as file:
        file.write(b'{"id": "torn')
    desk.dies_after = None
    assert await desk.run() == Tally(rows=9, graded=9)
    assert sorted(desk.graded) == [str(number) for number in range(9)]
    assert [each.id for each in desk.rows()] == [str(number) for number in range(9)]


@pytest.mark.anyio
async def test_a_changed_answer_is_graded_again(desk: Desk) -> None:
    desk.write(row("a"), row("b"))
    await desk.run()
    desk.write(row("a"), row("b", answer=f"{ANSWER} changed"))
    await desk.run()
    assert sorted(desk.graded) == ["a", "b", "b"]
    assert len(desk.rows()) == 2
