"""Checks question files: what the schema says, what the linter says, and that topics exist.

The prompts are checked as well: without them no answer is graded by a model.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewer.catalog.linting import lint, lint_content
from interviewer.catalog.prompts import Prompts
from interviewer.catalog.questions import TOPICS_FILE, misplaced, question_files, read_topics
from interviewer.catalog.reading import (
    MAX_CHARACTERS,
    Document,
    Faulty,
    dotted,
    read_document,
)
from interviewer.clock import Clock
from interviewer.domain.question import Question
from interviewer.errors import Fault, FaultyFiles, InputError
from interviewer.grading.grader import Grader
from interviewer.service.trying import try_anchors, try_reference


class Checked(NamedTuple):
    """A file that was looked at; the question is None where it does not fit the schema."""

    document: Document | None
    question: Question | None


def check_files(
    paths: Sequence[Path], folders: Sequence[Path]
) -> tuple[list[Checked], list[Fault]]:
    """Return what was checked, and every fault in it.

    `folders` are the bank's own and the packs'; their topics are the known ones.
    """
    faults = [Fault(path, 0, "", "does not exist") for path in paths if not path.exists()]
    places = [path for path in paths if path.exists()]
    try:
        topics = {topic.id for topic in read_topics([*folders, *(p for p in places if p.is_dir())])}
    except Faulty as faulty:
        return [], faulty.faults
    seen: dict[str, Path] = {}
    checked: list[Checked] = []
    for file in (file for place in places for file in question_files(place)):
        if file.name == TOPICS_FILE:
            continue
        try:
            document = read_document(file)
        except Faulty as faulty:
            faults += faulty.faults
            checked.append(Checked(None, None))
            continue
        question, found = _check(document)
        faults += [*found, *misplaced(document, topics, seen)]
        checked.append(Checked(document, question))
        if question is not None:
            seen.setdefault(question.id, file)
    return checked, faults


async def try_files(
    checked: Sequence[Checked], grader: Grader, clock: Clock, *, anchors: bool
) -> list[Fault]:
    """Return what grading each question's own texts shows; one with other faults is passed over."""
    faults: list[Fault] = []
    for document, question in checked:
        if document is None or question is None:
            continue
        findings = await try_reference(grader, question, clock)
        if anchors:
            findings += await try_anchors(grader, question, clock)
        faults += [document.fault(keys, message) for keys, message in findings]
    return faults


def check_prompts(folder: Path) -> list[Fault]:
    """Return every fault in the prompt files of a folder."""
    try:
        Prompts(folder)
    except FaultyFiles as faulty:
        return list(faulty.faults)
    return []


def check_text(text: str, topics: Collection[str]) -> tuple[Checked, list[Fault]]:
    """Return what was checked of a file that has no place yet, and every fault in its text."""
    try:
        document = Document(Path("question.yaml"), text)
    except Faulty as faulty:
        return Checked(None, None), faulty.faults
    question, faults = _check(document)
    faults += [each for each in misplaced(document, topics, {}) if each.where == "topic"]
    return Checked(document, question), faults


def refuse_faulty(question: Question) -> None:
    """Refuse a question that was sent along and that `interviewer check` would not pass.

    Raises: InputError for one that is longer than a question file may be; FaultyFiles that holds
        every fault.
    """
    if len(question.model_dump_json()) > MAX_CHARACTERS:
        raise InputError(
            f"The question is longer than {MAX_CHARACTERS:,} characters; split it into several.",
            field="question",
        )
    path = Path("question")
    faults = [
        Fault(path, 0, dotted(keys), message)
        for keys, message in lint_content(question.model_dump(mode="json"))
    ]
    if faults:
        raise FaultyFiles(tuple(faults))


def _check(document: Document) -> tuple[Question | None, list[Fault]]:
    if not isinstance(document.content, dict):
        return None, [document.fault((), "holds no keys; a question file begins with `id:`")]
    found = list(lint(document))
    try:
        return document.validate(Question), found
    except Faulty as faulty:
        # What stands at no key is what the linter says of ids, with their lines.
        return None, [fault for fault in faulty.faults if fault.where] + found
