"""The reader hears false claims, whatever they are about."""

import pytest

from interviewer.grading.offline.reader import Reader

SOUND = (
    "We compare yesterday's feature histograms with the training set each night, because a shift "
    "shows there days before the labels arrive; above 0.2 the owner is paged."
)
FALSE = (
    "Drift cannot happen once a model is frozen, since its weights no longer change, so comparing "
    "live features with training data is never needed."
)
EMPTY = "Monitoring is really important and we should follow best practices with great care."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_a_false_claim_sounds_false(reader: Reader) -> None:
    assert reader.falsity(FALSE) > 0.5 > reader.falsity(SOUND)


def test_an_empty_passage_is_not_a_false_one(reader: Reader) -> None:
    assert reader.falsity(EMPTY) < 0.5


def test_reading_a_passage_does_not_depend_on_what_was_read_before(reader: Reader) -> None:
    assert Reader().falsity(SOUND) == reader.falsity(SOUND)
