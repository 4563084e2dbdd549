"""The distilled reader: does a passage say what is not so?

The same small MiniLM as the sentence vectors, trained on labelled rulings by
`python -m training.train_reader`; it knows nothing of the questions of the development set, and
it is never shown a criterion, so it cannot choose between criteria. Passages are read one at a
time, as in `embedding.py`, so that none is read differently because of its neighbours.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interviewer import resources
from interviewer.grading.offline.embedding import Session, open_session, open_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

KEPT = 5_000
"""Readings that are remembered in one process."""


class Reader:
    """Reads passages; loads the model when first asked."""

    def __init__(self, model: Path | None = None) -> None:
        self._model = model or resources.artefact("reader/reader-int8.onnx")
        self._session: Session | None = None
        self._tokenizer: Tokenizer | None = None
        self._known: dict[str, float] = {}

    def falsity(self, passage: str) -> float:
        """Return the probability that the passage makes a false point, whatever it is about."""
        if passage not in self._known:
            if len(self._known) > KEPT:
                self._known.clear()
            self._known[passage] = self._run(passage)
        return self._known[passage]

    def _run(self, passage: str) -> float:
        session, tokenizer = self._load()
        encoding = tokenizer.encode(passage)
        inputs = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        sound, empty, false = session.run(["logits"], inputs)[0][0].tolist()
        return 1 / (1 + float(np.exp(np.logaddexp(sound, empty) - false)))

    def _load(self) -> "tuple[Session, Tokenizer]":
        if self._session is None or self._tokenizer is None:
            self._session = open_session(self._model)
            self._tokenizer = open_tokenizer()
        return self._session, self._tokenizer
