"""Measures what one offline grading costs: `python -m tests.bench.offline_cost`.

The work is the answer of about 270 words to the question with the most nearly 18 criteria among
the development answers. Warm: graded again and again in one process with nothing remembered of
its passages, beside the bare cost of embedding its sentences once. Cold: the command line from
its start to its last line, and the most memory that it held.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from interviewer.catalog.questions import read_bank
from interviewer.domain.question import Question
from interviewer.evaluation.datasets import read_rows
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.segments import split
from interviewer.resources import rubrics

DEV_SET = Path(__file__).parents[1] / "evaluation" / "dev_set"
ROUNDS = 7
WARM_MS, COLD_SECONDS, MEGABYTES = 400, 1.5, 350


def workload() -> tuple[Question, str]:
    """Return the question and the answer nearest to 18 criteria and 270 words."""
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    rows = read_rows(DEV_SET / "answers.jsonl", DEV_SET / "labels.jsonl")

    def distance(row_question: str, answer: str) -> float:
        criteria = len(list(bank[row_question].rubric.criteria()))
        return abs(criteria - 18) * 20 + abs(len(answer.split()) - 270)

    row = min(rows, key=lambda r: distance(r.question_id or "", r.answer))
    return bank[row.question_id or ""], row.answer


def warm(question: Question, answer: str, cache: Path) -> tuple[float, float]:
    """Return milliseconds of a grading and of embedding the answer's sentences alone."""
    ours: list[float] = []
    bare: list[float] = []
    sentences = [segment.text for segment in split(answer)]
    for _ in range(ROUNDS):
        grader, embedding = OfflineGrader(Embedding(), cache), Embedding()
        grader.judge(question, "We compare the two once a week.")
        embedding.embed(["Loads the model."])
        start = time.perf_counter()
        grader.judge(question, answer)
        middle = time.perf_counter()
        embedding.embed(sentences)
        ours.append(1000 * (middle - start))
        bare.append(1000 * (time.perf_counter() - middle))
    return statistics.median(ours), statistics.median(bare)


def cold(question: Question, answer: str, folder: Path) -> tuple[float, float]:
    """Return seconds and megabytes of `interviewer grade`, its vectors cached by a first run."""
    file = folder / "answer.txt"
    file.write_text(answer, encoding="utf-8")
    argv = [sys.executable, "-m", "interviewer", "grade", str(question.id), str(file)]
    environment = {**os.environ, "INTERVIEWER_DATA_DIR": str(folder)}  # noqa: TID251 a shell's
    seconds: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(argv, env=environment, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return statistics.median(seconds[1:]), peak


def main() -> None:
    """Print each figure beside its limit."""
    question, answer = workload()
    criteria = len(list(question.rubric.criteria()))
    print(f"{question.id}: {criteria} criteria, {len(answer.split())} words")
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = warm(question, answer, Path(folder) / "vectors")
        seconds, megabytes = cold(question, answer, Path(folder))
    print(f"warm: {ours:.0f} ms (limit {WARM_MS}), {ours / bare:.1f} times its bare embedding")
    print(f"cold command: {seconds:.2f} s (limit {COLD_SECONDS})")
    print(f"most memory: {megabytes:.0f} MB (limit {MEGABYTES})")


if __name__ == "__main__":
    main()
