"""Writes the scaffold of a question file: a complete small question to be rewritten."""

import re
from pathlib import Path
from string import Template

from interviewer.domain.base import SLUG
from interviewer.errors import InputError

_SCAFFOLD = Path(__file__).with_name("scaffold.yaml")


def scaffold(question_id: str, topic: str) -> str:
    """Return the text of a complete small question, to be rewritten as one's own."""
    return Template(_SCAFFOLD.read_text(encoding="utf-8")).substitute(id=question_id, topic=topic)


def write_scaffold(question_id: str, topic: str, folder: Path) -> Path:
    """Write `<folder>/<topic>/<id>.yaml` and return its path.

    Raises: InputError for an id that is no slug, a file that exists, or a folder that cannot be
        written.
    """
    for word in (question_id, topic):
        if not re.match(SLUG, word):
            raise InputError(
                f"{word!r} cannot be an id; use lower-case words joined by hyphens, such as "
                "'cache-predictions'."
            )
    path = folder / topic / f"{question_id}.yaml"
    text = scaffold(question_id, topic)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{str(path)!r} exists; choose another id or mend that file.") from None
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}.") from None
    return path
