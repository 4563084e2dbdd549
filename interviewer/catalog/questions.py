"""The question bank: the questions that we ship and those of extra packs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from interviewer.catalog.draft import draft_of
from interviewer.catalog.reading import Document, Faulty, read_document
from interviewer.domain.base import QuestionId, TopicId
from interviewer.domain.question import Difficulty, Kind, Question, Topic
from interviewer.errors import Fault, FaultyFiles, NotFound

TOPICS_FILE = "topics.yaml"


class QuestionBank:
    """All questions and topics, in the order of topics and then of titles."""

    def __init__(self, topics: Sequence[Topic], questions: Sequence[Question]) -> None:
        self.topics = tuple(topics)
        rank = {topic.id: place for place, topic in enumerate(topics)}
        self._questions = {
            question.id: question
            for question in sorted(questions, key=lambda q: (rank[q.topic], q.title))
        }

    def question(self, question_id: str) -> Question:
        """Return one question. Raises: NotFound."""
        found = self._questions.get(QuestionId(question_id))
        if found is None:
            raise NotFound(
                f"There is no question {question_id!r}; `interviewer questions` lists them."
            )
        return found

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def select(
        self,
        *,
        topic: str | None = None,
        difficulty: Difficulty | None = None,
        kind: Kind | None = None,
        words: str | None = None,
    ) -> tuple[Question, ...]:
        """Return the questions that fit; `words` must all stand in title, prompt or id."""
        wanted = (words or "").casefold().split()
        return tuple(
            question
            for question in self
            if topic in {None, question.topic}
            and difficulty in {None, question.difficulty}
            and kind in {None, question.kind}
            and all(
                word in f"{question.id} {question.title} {question.prompt}".casefold()
                for word in wanted
            )
        )


def question_files(folder: Path) -> list[Path]:
    """Return the question files below a folder, or the file itself, sorted by name."""
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.rglob("*.yaml") if path.name != TOPICS_FILE)


def find_question(folders: Sequence[Path], question_id: str) -> Question:
    """Read one question without reading the bank, for commands that need no other.

    Raises: NotFound; FaultyFiles when its file has faults.
    """
    for folder in folders:
        for path in question_files(folder):
            if path.stem == question_id:
                return read_question(path)
    raise NotFound(f"There is no question {question_id!r}; `interviewer questions` lists them.")


def read_question(path: Path) -> Question:
    """Read one question file. Raises: FaultyFiles with every fault in it."""
    try:
        return read_document(path).validate(Question)
    except Faulty as faulty:
        raise FaultyFiles(tuple(faulty.faults)) from None


def parse_question(name: str, text: str) -> Question:
    """Return a question from the text of a file. Raises: FaultyFiles."""
    try:
        return Document(Path(name), text).validate(Question)
    except Faulty as faulty:
        raise FaultyFiles(tuple(faulty.faults)) from None


def read_topics(folders: Sequence[Path]) -> list[Topic]:
    """Return the topics of all folders; a pack may add its own.

    Raises: Faulty.
    """
    topics: dict[TopicId, Topic] = {}
    for folder in folders:
        path = folder / TOPICS_FILE
        if path.is_file():
            topics |= {topic.id: topic for topic in read_document(path).validate_list(Topic)}
    return list(topics.values())


def read_bank(folders: Sequence[Path]) -> QuestionBank:
    """Read the topics and every question file below the folders.

    Raises: FaultyFiles with the faults of all files at once.
    """
    faults = [
        Fault(folder, 0, "", "there is no such folder; mend INTERVIEWER_PACKS")
        for folder in folders
        if not folder.exists()
    ]
    topics: list[Topic] = []
    try:
        topics = read_topics(folders)
    except Faulty as faulty:
        faults += faulty.faults
    questions: dict[str, Path] = {}
    read: list[Question] = []
    for path in (path for folder in folders for path in question_files(folder)):
        try:
            document = read_document(path)
            question = document.validate(Question)
        except Faulty as faulty:
            faults += faulty.faults
            continue
        faults += misplaced(document, {topic.id for topic in topics}, questions)
        questions.setdefault(question.id, path)
        read.append(question)
    if faults:
        raise FaultyFiles(tuple(faults))
    return QuestionBank(topics, read)


def misplaced(
    document: Document, topics: Collection[str], others: Mapping[str, Path]
) -> Iterator[Fault]:
    """Yield what is wrong with a question's place: its topic, its file's name, its id."""
    draft = draft_of(document.content)
    if draft.topic is not None and draft.topic not in topics:
        message = f"{draft.topic!r} is no topic of {TOPICS_FILE}; use one of them or add it"
        yield document.fault(("topic",), message)
    if draft.id is not None and draft.id != document.path.stem:
        message = f"is {draft.id!r} but the file is {document.path.name!r}; make them the same"
        yield document.fault(("id",), message)
    if draft.id is not None and draft.id in others:
        message = f"{draft.id!r} is the id of {others[draft.id]} as well; choose another"
        yield document.fault(("id",), message)
