"""Settings -> parts; the only place that chooses which parts are used.

Each builder imports its part inside the function: `grade` must not pay for what `serve` needs.
"""

from pathlib import Path

from interviewer.catalog.questions import QuestionBank, read_bank
from interviewer.resources import rubrics
from interviewer.settings import Settings


def question_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of the bank: ours and the extra packs."""
    return (rubrics(), *settings.packs)


def question_bank(settings: Settings) -> QuestionBank:
    """Read the bank and the extra packs. Raises: FaultyFiles."""
    return read_bank(question_folders(settings))
