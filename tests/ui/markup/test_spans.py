import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.markup.spans import Mark, annotated, pieces

ANSWER = "We keep hot keys in memory 🙂 and the rest on disk."


def mark(start: int, end: int, colour: str = "mi-d0", note: str = "why") -> Mark:
    return Mark(start, end, colour, "Title", note)


def shown(markup: str) -> str:
    """Return the words that a reader sees, without the tooltips."""
    bare = re.sub(r'<span class="mi-tip".*?</span></span>', "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", bare))


def test_the_marked_words_are_those_at_the_offsets() -> None:
    start = ANSWER.index("🙂")
    drawn = annotated(ANSWER, [mark(start, start + 1)])

    assert re.findall(r"<mark[^>]*>(.)<span", drawn) == ["🙂"]


def test_the_answer_is_shown_whole_whatever_is_marked() -> None:
    drawn = annotated(ANSWER, [mark(3, 20), mark(10, 30, "mi-d1"), mark(10, 12, "mi-d2")])

    assert shown(drawn) == ANSWER


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(mark(5, 5), id="empty"),
        pytest.param(mark(9, 3), id="backwards"),
        pytest.param(mark(0, 1000), id="past-the-end"),
        pytest.param(mark(-3, 2), id="before-the-start"),
    ],
)
def test_a_span_that_does_not_fit_is_left_out(bad: Mark) -> None:
    assert "<mark" not in annotated(ANSWER, [bad])


def test_overlapping_spans_carry_both_notes_where_they_overlap() -> None:
    cut = pieces(ANSWER, [mark(0, 10, note="first"), mark(5, 15, note="second")])

    assert [[m.note for m in piece.marks] for piece in cut] == [
        ["first"],
        ["first", "second"],
        ["second"],
        [],
    ]


def test_a_wrong_claim_takes_the_colour_over_an_earned_point() -> None:
    drawn = annotated(ANSWER, [mark(0, 4), mark(0, 4, "mi-wrong")])

    assert 'class="mi-mark mi-wrong mi-also mi-also-d0"' in drawn


def test_a_script_in_the_answer_stays_text() -> None:
    answer = '<script>alert(1)</script> & "quotes"'
    drawn = annotated(answer, [mark(0, 8)])

    assert "<script" not in drawn
    assert shown(drawn) == answer


def test_every_mark_can_be_reached_with_the_keyboard_and_says_why() -> None:
    drawn = annotated(ANSWER, [mark(0, 4, note="Names the store.")])

    assert 'tabindex="0"' in drawn
    assert 'aria-describedby="mi-tip-0"' in drawn
    assert "Names the store." in drawn


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=6),
)
def test_pieces_always_make_up_the_answer(answer: str, spans: list[tuple[int, int]]) -> None:
    cut = pieces(answer, [mark(start, end) for start, end in spans])

    assert "".join(piece.words for piece in cut) == answer


def test_the_space_between_paragraphs_carries_no_mark() -> None:
    answer = "First point.\n\n  Second point."
    drawn = pieces(answer, [Mark(0, len(answer), "mi-d1", "Both", "found")])
    assert [(piece.words, bool(piece.marks)) for piece in drawn] == [
        ("First point.", True),
        ("\n\n  ", False),
        ("Second point.", True),
    ]
