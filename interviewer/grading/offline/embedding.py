"""Sentence vectors of the matcher that we ship; the only importer of onnxruntime.

The matcher is MiniLM, fine-tuned by `python -m training.train_matcher` so that a passage lies near
the criteria that it satisfies; it knows nothing of the questions of the development set.

Texts are embedded one at a time: the model's int8 arithmetic scales by batch, and a sentence must
not be read differently because of its neighbours.
"""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from interviewer import resources

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vector = NDArray[np.float32]
LONGEST = 128
"""Tokens that are read of one text."""
THREADS = 2


class Session(Protocol):
    """What we use of an onnxruntime session, which comes without complete types."""

    def run(
        self, output_names: list[str], input_feed: dict[str, NDArray[np.int64]]
    ) -> list[NDArray[np.float32]]: ...


def open_session(model: Path) -> Session:
    """Load a model for the processor, with as many threads as small texts can use."""
    import onnxruntime

    options = onnxruntime.SessionOptions()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] untyped library
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry(  # pyright: ignore[reportUnknownMemberType] untyped library
        "session.intra_op.allow_spinning", "0"
    )
    return onnxruntime.InferenceSession(  # pyright: ignore[reportReturnType] untyped library
        str(model),
        options,  # pyright: ignore[reportUnknownArgumentType] untyped library
        providers=["CPUExecutionProvider"],
    )


def open_tokenizer() -> "Tokenizer":
    """Load a tokenizer that reads no more than `LONGEST` tokens, and pads none."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(resources.artefact("matcher/tokenizer.json")))
    tokenizer.enable_truncation(LONGEST)  # pyright: ignore[reportUnknownMemberType] untyped keywords
    tokenizer.no_padding()
    return tokenizer


class Embedding:
    """Turns texts into unit vectors of 384 numbers; loads the model when first asked."""

    def __init__(self, model: Path | None = None) -> None:
        self._model = model or resources.artefact("matcher/matcher-int8.onnx")
        self._session: Session | None = None
        self._tokenizer: Tokenizer | None = None
        self._known: dict[str, Vector] = {}

    @cached_property
    def digest(self) -> str:
        """Return the start of the model file's SHA-256, which tells its vectors from another's."""
        with self._model.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]

    def embed(self, texts: Iterable[str]) -> list[Vector]:
        """Return one unit vector per text."""
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> Vector:
        if text not in self._known:
            if len(self._known) > 5_000:
                self._known.clear()
            self._known[text] = self._run(text)
        return self._known[text]

    def _run(self, text: str) -> Vector:
        session, tokenizer = self._load()
        encoding = tokenizer.encode(text)
        inputs = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        return session.run(["embedding"], inputs)[0][0]

    def _load(self) -> "tuple[Session, Tokenizer]":
        if self._session is None or self._tokenizer is None:
            self._session = open_session(self._model)
            self._tokenizer = open_tokenizer()
        return self._session, self._tokenizer
