"""What all bodies share: pages, and the bounds of what may be sent."""

from typing import Annotated, Generic, TypeVar

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from interviewer.domain.base import Model
from interviewer.domain.grading import GraderKind

Item = TypeVar("Item")

MAX_ANSWER_CHARACTERS = 100_000
"""A body may never carry more; the limit that candidates meet is `MAX_ANSWER_TOKENS`."""

NO_NUL = r"^[^\x00]*$"
TEXT: JsonDict = {"pattern": NO_NUL}
"""What the schema says of texts: PostgreSQL keeps no NUL. The service refuses it in any body
(`interviewer.api.bodies`); building a body does not, so that clients get its sentence."""

Answer = Annotated[str, Field(max_length=MAX_ANSWER_CHARACTERS, json_schema_extra=TEXT)]
Seconds = Annotated[float, Field(ge=0, le=7 * 24 * 3600, allow_inf_nan=False)]
Offset = Annotated[int, Field(ge=0, le=MAX_ANSWER_CHARACTERS)]


def _auto_is_null(written: object) -> object:
    return None if written == "auto" else written


AnyGrader = Annotated[GraderKind | None, BeforeValidator(_auto_is_null)]
"""`offline` or `llm`; null or `auto` leave the choice to the service."""


class Page(Model, Generic[Item]):
    """One page of a list; `next` is the cursor of the page after it, null on the last."""

    items: tuple[Item, ...]
    next: str | None
