from pathlib import Path

import numpy as np

from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.grading.offline.specificity import read_specificity
from tests.grading.drift import QUESTION, STRONG


def test_vectors_are_unit_length_and_the_same_whatever_stands_beside_them() -> None:
    embedding = Embedding()
    alone = embedding.embed(["PSI above 0.2 opens a ticket."])[0]
    beside = Embedding().embed(["Something long and unlike it.", "PSI above 0.2 opens a ticket."])
    assert abs(float(np.linalg.norm(alone)) - 1) < 1e-3
    assert np.array_equal(alone, beside[1])


def test_a_passage_lies_nearer_to_the_criterion_that_it_meets_than_to_its_neighbour() -> None:
    threshold, owner, passage = Embedding().embed(
        [
            "Gives a numeric threshold for a drift statistic.",
            "Says who answers an alert and what they do first.",
            "Once the index passes a fifth of a point for a day, somebody is told.",
        ]
    )
    assert float(passage @ threshold) > float(passage @ owner)


def test_specific_words_outweigh_promises() -> None:
    specificity = read_specificity()
    concrete = specificity.of("we page when psi > 0.2 for 2 hours")
    assert concrete > specificity.of("teams should always make sure that quality is good")
    assert concrete > specificity.of("")


def test_rulings_with_vectors_are_the_same_from_the_cache_and_without(tmp_path: Path) -> None:
    first = OfflineGrader(Embedding(), tmp_path).judge(QUESTION, STRONG)
    assert len(list(tmp_path.glob("*.npy"))) == 1
    again = OfflineGrader(Embedding(), tmp_path).judge(QUESTION, STRONG)
    fresh = OfflineGrader(Embedding()).judge(QUESTION, STRONG)
    assert first.model_dump_json() == again.model_dump_json() == fresh.model_dump_json()


def test_vectors_that_cannot_be_read_are_made_anew(tmp_path: Path) -> None:
    first = OfflineGrader(Embedding(), tmp_path).judge(QUESTION, STRONG)
    (kept,) = tmp_path.glob("*.npy")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:100], b"not vectors", whole[: len(whole) // 2]):
        kept.write_bytes(damaged)
        again = OfflineGrader(Embedding(), tmp_path).judge(QUESTION, STRONG)
        assert again.model_dump_json() == first.model_dump_json()
        assert kept.read_bytes() == whole
