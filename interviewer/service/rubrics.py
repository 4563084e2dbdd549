"""Checks question files: what the schema says, what the linter says, and that topics exist."""

from collections.abc import Sequence
from pathlib import Path

from interviewer.catalog.linting import lint
from interviewer.catalog.questions import TOPICS_FILE, misplaced, question_files, read_topics
from interviewer.catalog.reading import Document, Faulty, read_document
from interviewer.domain.base import QuestionId
from interviewer.domain.question import Question
from interviewer.errors import Fault


def check_files(paths: Sequence[Path], folders: Sequence[Path]) -> tuple[int, list[Fault]]:
    """Return how many files were checked, and every fault in them.

    `folders` are the bank's own and the packs'; their topics are the known ones.
    """
    faults = [Fault(path, 0, "", "does not exist") for path in paths if not path.exists()]
    places = [path for path in paths if path.exists()]
    try:
        topics = {topic.id for topic in read_topics([*folders, *(p for p in places if p.is_dir())])}
    except Faulty as faulty:
        return 1, faulty.faults
    seen: dict[QuestionId, Path] = {}
    files = [file for place in places for file in question_files(place)]
    for file in files:
        if file.name == TOPICS_FILE:
            continue
        try:
            document = read_document(file)
            question = document.validate(Question)
        except Faulty as faulty:
            faults += faulty.faults
            continue
        faults += misplaced(document, question, topics, seen)
        faults += lint(document, question)
        seen.setdefault(question.id, file)
    return len(files), faults


def check_text(name: str, text: str) -> tuple[Question | None, list[Fault]]:
    """Return the question in the text of a file, if it fits the schema, and every fault in it."""
    try:
        document = Document(Path(name), text)
        question = document.validate(Question)
    except Faulty as faulty:
        return None, faulty.faults
    return question, list(lint(document, question))
