from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.segments import split, windows


def _texts(answer: str) -> list[str]:
    return [segment.text for segment in split(answer)]


def test_sentences_and_note_lines_come_in_order_without_their_markers() -> None:
    answer = "First we look. Then we act!\n\n- PSI > 0.2 -> ticket\n2) KS p < 0.05\n* rollback"
    assert _texts(answer) == [
        "First we look.",
        "Then we act!",
        "PSI > 0.2 -> ticket",
        "KS p < 0.05",
        "rollback",
    ]


def test_abbreviations_numbers_and_versions_end_no_sentence() -> None:
    answer = "We use tests, e.g. KS at p < 0.05, vs. PSI. Python 3.11 is fine, etc. and so on."
    assert _texts(answer) == [
        "We use tests, e.g. KS at p < 0.05, vs. PSI.",
        "Python 3.11 is fine, etc. and so on.",
    ]


def test_a_sentence_may_start_in_lower_case() -> None:
    assert _texts("we log it. then we look.") == ["we log it.", "then we look."]


def test_lines_that_an_editor_wrapped_are_one_sentence() -> None:
    answer = (
        "The nightly job reads all the events of the day and writes\n"
        "the finished aggregates into the offline table, from where\n"
        "another job copies them."
    )
    assert len(_texts(answer)) == 1


def test_note_lines_of_unlike_length_stay_apart() -> None:
    assert (
        len(_texts("stream for the last five minutes, because it must be fresh\nbatch\nredis")) == 3
    )


def test_a_sentence_without_an_end_is_cut_into_bearable_pieces() -> None:
    pieces = _texts("we take the data and we check the counts, " * 30)
    assert len(pieces) > 3
    assert max(len(piece.split()) for piece in pieces) <= 61


def test_windows_are_segments_and_pairs_of_neighbours() -> None:
    found = windows(split("One is here. Two is here. Three is here."))
    assert [window.text for window in found][3:] == [
        "One is here. Two is here.",
        "Two is here. Three is here.",
    ]


@given(st.text(max_size=400))
def test_offsets_are_exact_and_segments_never_overlap(answer: str) -> None:
    last = 0
    for segment in split(answer):
        assert answer[segment.start : segment.end] == segment.text
        assert segment.start >= last
        last = segment.end


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=200))
def test_no_letter_is_lost(answer: str) -> None:
    assert "".join(_texts(answer)) == answer
