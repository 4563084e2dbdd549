"""What a model must fill in, and how it is read: by id, never by position, and never trusted.

Both shapes are the same for every question. That costs three output tokens a ruling more than one
property per criterion, and buys that all calls share one schema: providers put the schema before
the messages, so a schema per dimension would end every shared prefix before it begins, and each
new schema has to be compiled first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json import JSONDecoder
from typing import Annotated, TypeGuard, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from interviewer.grading.llm.chat_model import OutputShape

CRITERION_VERDICTS = ("met", "likely_met", "likely_unmet", "unmet")
MISCONCEPTION_VERDICTS = ("asserted", "not_asserted")
LONGEST_REASON = 240
"""Characters of a reason that are kept; a dozen words were asked for."""
_MOST_OBJECTS = 400
"""Objects looked for in a damaged reply."""

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Said:
    """One ruling as the model gave it."""

    id: str
    sentences: tuple[int, ...]
    words: str
    reasoning: str
    verdict: str
    quotes: tuple[str, ...] | None = None
    """None where evidence was to be given by numbers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply holds; an id that is given twice is in `twice` and nowhere else."""

    said: Mapping[str, Said]
    twice: frozenset[str]

    @classmethod
    def of(cls, rulings: Iterable[Said]) -> "Reading":
        said: dict[str, Said] = {}
        twice: set[str] = set()
        for ruling in rulings:
            if ruling.id in said and said[ruling.id] != ruling:
                twice.add(ruling.id)
            said[ruling.id] = ruling
        return cls({id_: said[id_] for id_ in said if id_ not in twice}, frozenset(twice))


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _array(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string"}

BY_DIMENSION = OutputShape(
    "rulings",
    _object(
        {
            "rulings": _array(
                _object(
                    {
                        "id": _TEXT,
                        "evidence": _array({"type": "integer"}),
                        "words": _TEXT,
                        "reasoning": _TEXT,
                        "verdict": {
                            "type": "string",
                            "enum": [*CRITERION_VERDICTS, *MISCONCEPTION_VERDICTS],
                        },
                    }
                )
            )
        }
    ),
)
"""One object for each ruling, with the words that carry it and a reason."""

BY_QUOTES = OutputShape(
    "quoted",
    _object(
        {
            "rulings": _array(
                _object(
                    {
                        "id": _TEXT,
                        "quotes": _array(_TEXT),
                        "reasoning": _TEXT,
                        "verdict": {
                            "type": "string",
                            "enum": [*CRITERION_VERDICTS, *MISCONCEPTION_VERDICTS],
                        },
                    }
                )
            )
        }
    ),
)
"""One object for each ruling, with the passages that show it and a reason."""

BY_ANSWER = OutputShape(
    "dimensions",
    _object(
        {"dimensions": _array(_object({"id": _TEXT, "reasoning": _TEXT, "rulings": _array(_TEXT)}))}
    ),
)
"""One object for each dimension, with one reason, and one short line for each ruling."""


def _numbers(value: object) -> object:
    """Return a list of whatever numbers a model without a schema puts there."""
    if _is_list(value):
        return value
    return [] if value is None else re.findall(r"\d{1,6}", str(value))


def _text(value: object) -> object:
    return "" if value is None else value


def _texts(value: object) -> object:
    """Return a list of the texts there are; a model without a schema may give one alone."""
    texts = value if _is_list(value) else [value]
    return [text for text in texts if isinstance(text, str)]


Numbers = Annotated[tuple[int, ...], BeforeValidator(_numbers)]
LooseText = Annotated[str, BeforeValidator(_text)]
LooseTexts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class _Ruling(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    evidence: Numbers = ()
    words: LooseText = ""
    reasoning: LooseText = ""
    verdict: str

    def said(self) -> Said:
        return Said(
            self.id.strip(),
            self.evidence,
            self.words.strip(),
            tidy(self.reasoning),
            _verdict(self.verdict),
        )


class _Quoted(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    quotes: LooseTexts = ()
    reasoning: LooseText = ""
    verdict: str

    def said(self) -> Said:
        reasoning = tidy(self.reasoning)
        return Said(self.id.strip(), (), "", reasoning, _verdict(self.verdict), self.quotes)


def _verdict(written: str) -> str:
    return re.sub(r"[\s-]+", "_", written.strip().lower())


class _Dimension(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    reasoning: LooseText = ""
    rulings: list[str]


_LINE = re.compile(r"\s*(?P<id>[\w-]+)\W+(?:(?P<numbers>[\d,;\s\[\]]*|-|none)\W+)?(?P<verdict>\w+)")


def read_rulings(text: str) -> Reading:
    """Return the rulings of a reply of the shape `BY_DIMENSION`, however it is wrapped."""
    return Reading.of(ruling.said() for ruling in _each(_Ruling, text))


def read_quotes(text: str) -> Reading:
    """Return the rulings of a reply of the shape `BY_QUOTES`, however it is wrapped."""
    return Reading.of(ruling.said() for ruling in _each(_Quoted, text))


def read_dimensions(text: str) -> Reading:
    """Return the rulings of a reply of the shape `BY_ANSWER`, however it is wrapped."""
    return Reading.of(
        said for dimension in _each(_Dimension, text) for said in _read_lines(dimension)
    )


def _read_lines(dimension: _Dimension) -> Iterator[Said]:
    for line in dimension.rulings:
        match = _LINE.match(line)
        if match:
            numbers = tuple(int(n) for n in re.findall(r"\d{1,6}", match["numbers"] or ""))
            yield Said(
                match["id"], numbers, "", tidy(dimension.reasoning), match["verdict"].lower()
            )


def _each(shape: type[Shape], text: str) -> Iterator[Shape]:
    """Yield the well-formed objects of one shape in a reply, wherever they stand in it.

    A code fence, prose around the JSON, a missing end or one damaged object spoils no other.
    """
    for found in _objects(text):
        try:
            yield shape.model_validate(found)
        except ValidationError:
            continue


def _objects(text: str) -> Iterator[dict[str, object]]:
    """Yield every complete JSON object with an `id`, outermost first."""
    decoder, at, tries = JSONDecoder(), text.find("{"), 0
    while at >= 0 and tries < _MOST_OBJECTS:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        yield from _with_id(value)
        at = text.find("{", end)


def _with_id(value: object) -> Iterator[dict[str, object]]:
    """Yield the objects with an `id` inside a value, four levels deep at most."""
    level = [value]
    for _ in range(4):
        inner: list[object] = []
        for each in level:
            if _is_object(each):
                if "id" in each:
                    yield each
                inner += each.values()
            elif _is_list(each):
                inner += each
        level = inner


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def tidy(reason: str) -> str:
    """Return a model's words on one line, without unseen characters, cut to a bearable length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    return line if len(line) <= LONGEST_REASON else f"{line[: LONGEST_REASON - 1]}…"
