# pyright: basic
"""Print what good answers to one question score on another.

    python -m training.strangers

The reference answer of each question is graded on two others, by the shipped rule. Nothing is
fitted on such pairs. Neighbouring subjects do share a few points.
"""

import numpy as np

from interviewer.catalog.questions import read_bank
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.resources import rubrics
from training.neutrality import percent

STEPS = (4, 22)
"""How far down the list of questions the answers stand."""


def main() -> None:
    """Grade the pairs and print mean, median, ninth decile and most."""
    questions = sorted(read_bank((rubrics(),)), key=lambda question: str(question.id))
    grader = OfflineGrader(Embedding())
    scores = [
        percent(grader, question, questions[(at + step) % len(questions)].reference_answer)
        for at, question in enumerate(questions)
        for step in STEPS
    ]
    print(
        f"answers to another question (n = {len(scores)}): mean {np.mean(scores):.0f}, "
        f"median {np.median(scores):.0f}, ninth decile {np.quantile(scores, 0.9):.0f}, "
        f"most {max(scores):.0f}"
    )


if __name__ == "__main__":
    main()
