"""Labelled answers: a JSONL file, with the labels inside or in a second file joined by id."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from interviewer.domain.base import CriterionId, DimensionId
from interviewer.errors import Fault, FaultyFiles

_OBJECT = TypeAdapter(dict[str, object])
Level = Annotated[int, Field(ge=0, le=2)]


class _Open(BaseModel):
    """Rows may carry keys of their own; they are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Label(_Open):
    """What one labeller says of one answer."""

    labeller: str = ""
    levels: dict[DimensionId, Level] = Field(default_factory=dict[DimensionId, int])
    """0 missing or wrong, 1 thin, 2 solid."""
    verdicts: dict[CriterionId, Literal["met", "unmet"]] = Field(
        default_factory=dict[CriterionId, Literal["met", "unmet"]]
    )
    overall: Annotated[float, Field(ge=0, le=10)] | None = None
    wrong_claims: tuple[str, ...] = ()


class LabelledAnswer(_Open):
    """One answer with its labels."""

    id: str
    question_id: str | None = None
    question: str | dict[str, object] | None = None
    """A whole question, as an object or as the text of its file, in place of an id."""
    answer: str
    profile: str = ""
    repeat_of: str | None = None
    """Id of the row whose answer this one repeats, to see whether verdicts flip."""
    labels: tuple[Label, ...] = ()

    @property
    def asks(self) -> str:
        """Return what tells this row's question from others."""
        return self.question_id or json.dumps(self.question, sort_keys=True)

    @property
    def level_means(self) -> dict[DimensionId, float]:
        """Return the mean level of each dimension over the labellers who gave one."""
        given: dict[DimensionId, list[int]] = {}
        for label in self.labels:
            for dimension, level in label.levels.items():
                given.setdefault(dimension, []).append(level)
        return {dimension: sum(levels) / len(levels) for dimension, levels in given.items()}

    @property
    def overall(self) -> float | None:
        """Return the mean overall score, 0–10."""
        given = [label.overall for label in self.labels if label.overall is not None]
        return sum(given) / len(given) if given else None

    @property
    def verdicts(self) -> dict[CriterionId, bool]:
        """Return whether each criterion is met; where labellers are split it is left out."""
        votes: dict[CriterionId, list[bool]] = {}
        for label in self.labels:
            for criterion, verdict in label.verdicts.items():
                votes.setdefault(criterion, []).append(verdict == "met")
        return {key: all(each) for key, each in votes.items() if len(set(each)) == 1}


def read_rows(data: Path, labels: Path | None = None) -> list[LabelledAnswer]:
    """Read labelled answers. Raises: FaultyFiles with every faulty line of both files."""
    faults: list[Fault] = []
    apart = dict(_labels_apart(labels, faults)) if labels else {}
    rows: list[LabelledAnswer] = []
    seen: set[str] = set()
    for number, written in _lines(data, faults):
        joined = {**written, **apart.get(str(written.get("id")), {})}
        try:
            row = LabelledAnswer.model_validate(joined)
        except ValidationError as error:
            faults += _faults(data, number, error)
            continue
        if row.id in seen:
            faults.append(Fault(data, number, "id", f"{row.id!r} stands twice; ids are unique"))
        seen.add(row.id)
        rows.append(row)
    if faults:
        raise FaultyFiles(tuple(faults))
    if not rows:
        raise FaultyFiles((Fault(data, 0, "", "holds no rows"),))
    return rows


def repeated(rows: Sequence[LabelledAnswer], times: int) -> list[LabelledAnswer]:
    """Return the rows, then every answer again until each is graded so many times."""
    again = [
        row.model_copy(update={"id": f"{row.id}#{time}", "repeat_of": row.id, "labels": ()})
        for time in range(2, times + 1)
        for row in rows
        if row.repeat_of is None
    ]
    return [*rows, *again]


def _labels_apart(path: Path, faults: list[Fault]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each row's labels, as a list `labels` or as one key `labeller…` a labeller."""
    for _, written in _lines(path, faults):
        joined: dict[str, object] = {"labels": written.get("labels") or _one_key_each(written)}
        if written.get("profile"):
            joined["profile"] = written["profile"]
        yield str(written.get("id")), joined


def _one_key_each(written: Mapping[str, object]) -> list[dict[str, object]]:
    labels: list[dict[str, object]] = []
    for key, value in written.items():
        if key.startswith("labeller"):
            try:
                labels.append({"labeller": key, **_OBJECT.validate_python(value)})
            except ValidationError:
                labels.append({"labeller": key, "levels": value})
    return labels


def _lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        faults.append(Fault(path, 0, "", "is not UTF-8 text"))
        return
    except OSError as error:
        faults.append(Fault(path, 0, "", f"cannot be read: {error.strerror}"))
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, _OBJECT.validate_json(line)
        except ValidationError:
            faults.append(Fault(path, number, "", "is not a JSON object"))


def _faults(path: Path, number: int, error: ValidationError) -> list[Fault]:
    return [
        Fault(path, number, ".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()
    ]
